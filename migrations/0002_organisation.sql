-- Who there is: parties, sites, offices, people with roles, teams, accounts, calendars.

create table party (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  kind            text not null check (kind in ('administration', 'supplier')),
  name            text not null check (name <> ''),
  primary key (organisation_id, id)
);
create unique index party_administration on party (organisation_id) where kind = 'administration';

create table site (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  code            text not null check (code <> ''),
  name            text not null check (name <> ''),
  address         text not null default '',
  version         int not null default 1,
  primary key (organisation_id, id),
  unique (organisation_id, code)
);

create table office (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  parent_id       uuid,
  kind            text not null check (kind in ('area', 'department', 'autonomous_office', 'service', 'unit')),
  code            text not null check (code <> ''),
  ipa_code        text,
  name            text not null check (name <> ''),
  site_id         uuid,
  closed_on       date,
  version         int not null default 1,
  primary key (organisation_id, id),
  unique (organisation_id, code),
  foreign key (organisation_id, parent_id) references office (organisation_id, id),
  foreign key (organisation_id, site_id) references site (organisation_id, id),
  check (parent_id <> id)
);
create index office_parent on office (organisation_id, parent_id);
create unique index office_ipa on office (organisation_id, ipa_code) where ipa_code is not null;

create table person (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  party_id        uuid not null,
  office_id       uuid,
  given_name      text not null check (given_name <> ''),
  family_name     text not null check (family_name <> ''),
  email           text not null check (email = lower(email) and email like '%_@_%'),
  phone           text not null default '',
  site_id         uuid,
  room            text not null default '',
  left_on         date,
  version         int not null default 1,
  search_name     text generated always as (lower(family_name || ' ' || given_name || ' ' || phone)) stored,
  primary key (organisation_id, id),
  unique (organisation_id, email),
  foreign key (organisation_id, party_id) references party (organisation_id, id),
  foreign key (organisation_id, office_id) references office (organisation_id, id),
  foreign key (organisation_id, site_id) references site (organisation_id, id)
);
create index person_office on person (organisation_id, office_id);
create index person_search on person using gin (search_name gin_trgm_ops);

create table person_role (
  organisation_id uuid not null references organisation,
  person_id       uuid not null,
  role            text not null check (role in ('employee', 'office_contact', 'agent', 'technician', 'team_leader',
                    'contract_manager', 'head_of_ict', 'administrator', 'auditor', 'program')),
  primary key (organisation_id, person_id, role),
  foreign key (organisation_id, person_id) references person (organisation_id, id)
);

create table team (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  party_id        uuid not null,
  name            text not null check (name <> ''),
  tier            smallint not null check (tier in (1, 2)),
  version         int not null default 1,
  primary key (organisation_id, id),
  unique (organisation_id, name),
  foreign key (organisation_id, party_id) references party (organisation_id, id)
);

create table team_member (
  organisation_id uuid not null references organisation,
  team_id         uuid not null,
  person_id       uuid not null,
  primary key (organisation_id, team_id, person_id),
  foreign key (organisation_id, team_id) references team (organisation_id, id),
  foreign key (organisation_id, person_id) references person (organisation_id, id)
);
create index team_member_person on team_member (organisation_id, person_id);

create table calendar (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  name            text not null check (name <> ''),
  is_default      boolean not null default false,
  primary key (organisation_id, id),
  unique (organisation_id, name)
);
create unique index calendar_default on calendar (organisation_id) where is_default;

-- Immutable once in force. Two versions of one calendar never hold on the same day.
create table calendar_version (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  calendar_id     uuid not null,
  validity        daterange not null check (not isempty(validity) and lower(validity) is not null),
  known_from      timestamptz not null default clock_timestamp(),
  rules           jsonb not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, calendar_id) references calendar (organisation_id, id),
  constraint calendar_version_overlap exclude using gist (organisation_id with =, calendar_id with =, validity with &&)
);

create table account (
  organisation_id   uuid not null references organisation,
  id                uuid not null,
  person_id         uuid not null,
  email             text not null unique check (email = lower(email)),
  password_hash     text not null,
  totp_secret       bytea,
  totp_confirmed_at timestamptz,
  totp_last_step    bigint,
  language          text not null default 'it' check (language in ('it', 'en')),
  has_shortcuts     boolean not null default true,
  disabled_at       timestamptz,
  primary key (organisation_id, id),
  unique (organisation_id, person_id),
  foreign key (organisation_id, person_id) references person (organisation_id, id)
);

create table session (
  organisation_id uuid not null references organisation,
  token_hash      bytea primary key,
  account_id      uuid not null,
  created_at      timestamptz not null default clock_timestamp(),
  seen_at         timestamptz not null default clock_timestamp(),
  expires_at      timestamptz not null,
  awaits_totp     boolean not null default false,
  foreign key (organisation_id, account_id) references account (organisation_id, id)
);
create index session_account on session (organisation_id, account_id);

create table api_key (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  person_id       uuid not null,
  name            text not null check (name <> ''),
  token_hash      bytea not null unique,
  scopes          text[] not null check (cardinality(scopes) > 0),
  created_at      timestamptz not null default clock_timestamp(),
  expires_at      timestamptz not null,
  revoked_at      timestamptz,
  primary key (organisation_id, id),
  foreign key (organisation_id, person_id) references person (organisation_id, id)
);

do $$
declare t text;
begin
  foreach t in array array['party', 'site', 'office', 'person', 'person_role', 'team', 'team_member', 'calendar',
                           'calendar_version', 'account', 'session', 'api_key'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy tenant on %I using (organisation_id = nullif(current_setting(''sitec.organisation'', true), '''')::uuid)', t);
    execute format('grant select, insert, update on %I to sitec_app', t);
  end loop;
end $$;
grant delete on person_role, team_member, session to sitec_app;

-- Who acts, in one look-up before the tenant is known: person, party, roles, teams and, for office contacts, the subtree.
create function actor_of(for_organisation uuid, for_person uuid) returns jsonb
language sql stable security definer set search_path = public, pg_temp as $$
  with recursive roles as (
    select coalesce(array_agg(role order by role), '{}') as list from person_role
    where organisation_id = for_organisation and person_id = for_person
  ), subtree as (
    select o.id from office o join person p on p.organisation_id = o.organisation_id and p.office_id = o.id
    where p.organisation_id = for_organisation and p.id = for_person
      and 'office_contact' = any ((select list from roles)::text[])
    union
    select o.id from office o join subtree s on o.parent_id = s.id where o.organisation_id = for_organisation
  )
  select jsonb_build_object(
    'organisationId', g.id, 'organisationName', g.name, 'zone', g.zone, 'isDemo', g.is_demo,
    'personId', p.id, 'name', p.given_name || ' ' || p.family_name,
    'partyId', y.id, 'partyKind', y.kind, 'officeId', p.office_id, 'officeName', o.name, 'siteName', s.name, 'room', p.room,
    'roles', (select list from roles),
    'teamIds', coalesce((select jsonb_agg(team_id) from team_member m
                         where m.organisation_id = p.organisation_id and m.person_id = p.id), '[]'),
    'officeIds', coalesce((select jsonb_agg(id) from subtree), '[]'))
  from person p
  join organisation g on g.id = p.organisation_id
  join party y on y.organisation_id = p.organisation_id and y.id = p.party_id
  left join office o on o.organisation_id = p.organisation_id and o.id = p.office_id
  left join site s on s.organisation_id = p.organisation_id and s.id = coalesce(p.site_id, o.site_id)
  where p.organisation_id = for_organisation and p.id = for_person and p.left_on is null
$$;

create function session_actor(for_token bytea) returns table (
  actor jsonb, account_id uuid, language text, has_shortcuts boolean, awaits_totp boolean, has_totp boolean,
  is_stale boolean, email text
) language sql stable security definer set search_path = public, pg_temp as $$
  select actor_of(a.organisation_id, a.person_id), a.id, a.language, a.has_shortcuts, s.awaits_totp,
         a.totp_confirmed_at is not null, s.seen_at < clock_timestamp() - interval '5 minutes', a.email
  from session s join account a on a.organisation_id = s.organisation_id and a.id = s.account_id
  where s.token_hash = for_token and s.expires_at > clock_timestamp()
    and s.seen_at > clock_timestamp() - interval '2 hours' and a.disabled_at is null
$$;

create function api_key_actor(for_token bytea) returns table (actor jsonb, key_id uuid, scopes text[])
language sql stable security definer set search_path = public, pg_temp as $$
  select actor_of(k.organisation_id, k.person_id), k.id, k.scopes from api_key k
  where k.token_hash = for_token and k.revoked_at is null and k.expires_at > clock_timestamp()
$$;

create function account_to_sign_in(for_email text) returns table (
  organisation_id uuid, account_id uuid, password_hash text, has_totp boolean
) language sql stable security definer set search_path = public, pg_temp as $$
  select a.organisation_id, a.id, a.password_hash, a.totp_confirmed_at is not null
  from account a join person p on p.organisation_id = a.organisation_id and p.id = a.person_id
  where a.email = lower(for_email) and a.disabled_at is null and p.left_on is null
$$;

-- Expired sessions and old idempotency keys of every tenant; run by the worker once an hour.
create function sweep_expired() returns void
language sql security definer set search_path = public, pg_temp as $$
  delete from session where expires_at < clock_timestamp() or seen_at < clock_timestamp() - interval '2 hours';
  delete from idempotency where created_at < clock_timestamp() - interval '7 days';
  delete from sign_in_attempt where at < clock_timestamp() - interval '1 day';
$$;

do $$
declare f text;
begin
  foreach f in array array['actor_of(uuid, uuid)', 'session_actor(bytea)', 'api_key_actor(bytea)',
                           'account_to_sign_in(text)', 'sweep_expired()'] loop
    execute format('revoke execute on function %s from public', f);
    execute format('grant execute on function %s to sitec_app', f);
  end loop;
end $$;

-- People by three letters of name, number or office. Row security keeps the trigram index from being used,
-- so the tenant stands in the WHERE here and the ids are joined back under row security.
create function find_people(for_organisation uuid, words text, how_many int) returns table (id uuid, score real)
language sql stable security definer rows 40 set search_path = public, pg_temp as $$
  (select p.id, case when p.search_name like lower(words) || '%' then 2 else 1 end::real
   from person p
   where p.organisation_id = for_organisation and p.left_on is null
     and p.search_name like '%' || replace(replace(lower(words), '%', ''), '_', '') || '%'
   limit 200)
  union
  (select p.id, 0.5::real
   from office o join person p on p.organisation_id = o.organisation_id and p.office_id = o.id
   where o.organisation_id = for_organisation and p.left_on is null
     and lower(o.name) like '%' || replace(replace(lower(words), '%', ''), '_', '') || '%'
   limit 200)
  order by 2 desc limit how_many
$$;
revoke execute on function find_people(uuid, text, int) from public;
grant execute on function find_people(uuid, text, int) to sitec_app;
