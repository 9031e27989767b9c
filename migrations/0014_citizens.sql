-- The voice of the citizen: who registered, what they think of a page, and where the administration answers.

-- Who registers is no person of the administration: a table of its own, with sessions of its own. No name is asked for.
create table citizen (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  email           text not null unique check (email = lower(email) and email like '%_@_%'),
  password_hash   text not null,
  primary key (organisation_id, id)
);

create table citizen_session (
  organisation_id uuid not null references organisation,
  token_hash      bytea primary key,
  citizen_id      uuid not null,
  seen_at         timestamptz not null default clock_timestamp(),
  expires_at      timestamptz not null,
  foreign key (organisation_id, citizen_id) references citizen (organisation_id, id) on delete cascade
);
create index citizen_session_citizen on citizen_session (organisation_id, citizen_id);

-- Asked for and not confirmed yet: one row an asking, so that nobody can put their password under another's link.
create table citizen_registration (
  organisation_id  uuid not null references organisation,
  id               uuid not null,
  email            text not null check (email = lower(email) and email like '%_@_%'),
  password_hash    text not null,
  return_to        text not null check (return_to like '/%'),
  token_hash       bytea unique,      -- of the link in the mail; made when the mail is sent
  token_expires_at timestamptz,
  created_at       timestamptz not null default clock_timestamp(),
  primary key (organisation_id, id),
  check ((token_hash is null) = (token_expires_at is null))
);

-- Mails to who is no person of the administration. The address goes with the row as soon as the mail has gone.
create table citizen_mail (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  notice          text not null check (notice in ('confirm', 'known', 'barrier', 'answer')),
  address         text not null check (address like '%_@_%'),
  language        text not null check (language in ('it', 'en')),
  registration_id uuid,
  number          text,     -- of the case, in a receipt or an answer
  case_id         uuid,     -- whose resolution is the answer, read when it is sent
  due_on          date,     -- by when the answer is due
  attempts        int not null default 0,
  next_attempt_at timestamptz not null default clock_timestamp(),
  created_at      timestamptz not null default clock_timestamp(),
  primary key (organisation_id, id),
  foreign key (organisation_id, registration_id) references citizen_registration (organisation_id, id) on delete cascade,
  check ((notice = 'confirm') = (registration_id is not null)),
  foreign key (organisation_id, case_id) references desk_case (organisation_id, id),
  check ((notice = 'barrier') = (due_on is not null)),
  check ((notice in ('barrier', 'answer')) = (number is not null)),
  check ((notice = 'answer') = (case_id is not null))
);
create index citizen_mail_due on citizen_mail (next_attempt_at);

-- Answers to "Ti è stata utile questa pagina?". The id is drawn by lot, so that its order tells nothing.
create table page_rating (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  page            text not null check (page like '/bilancio-sociale/%' and length(page) <= 200),
  version         int not null check (version > 0),
  answer          smallint not null check (answer between 1 and 5),
  day             date not null,
  event_id        bigint,
  has_text        boolean not null default false,
  primary key (organisation_id, id)
);
create index page_rating_page on page_rating (organisation_id, page, version, day);

-- That somebody has rated a page: a keyed hash, and for thirty days which answer is theirs.
create table page_rater (
  organisation_id uuid not null references organisation,
  page            text not null,
  version         int not null,
  rater           bytea not null check (length(rater) = 32),
  rating_id       uuid,
  sever_on        date,
  forget_on       date not null,
  primary key (organisation_id, page, version, rater),
  foreign key (organisation_id, rating_id) references page_rating (organisation_id, id),
  check ((rating_id is null) = (sever_on is null))
);
create index page_rater_sever on page_rater (sever_on) where sever_on is not null;

-- Answers to the national question of clarity, from anybody.
create table clarity_answer (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  page            text not null check (page like '/%' and page not like '/bilancio-sociale%' and length(page) <= 200),
  stars           smallint not null check (stars between 1 and 5),
  aspect          smallint check (aspect between 1 and 5),
  day             date not null,
  event_id        bigint,
  has_text        boolean not null default false,
  primary key (organisation_id, id)
);
create index clarity_answer_page on clarity_answer (organisation_id, page, day);

-- Who reported a barrier and waits for the answer: forgotten when it has been given.
create table barrier_report (
  organisation_id uuid not null references organisation,
  case_id         uuid not null,
  number          text not null,
  address         text not null check (address like '%_@_%'),
  language        text not null check (language in ('it', 'en')),
  due_on          date not null,
  primary key (organisation_id, case_id),
  foreign key (organisation_id, case_id) references desk_case (organisation_id, id)
);

-- What public pages say of the administration: versions, never changed.
create table publication_settings (
  organisation_id   uuid not null references organisation,
  version           int not null check (version > 0),
  declaration_url   text not null check (declaration_url = '' or declaration_url like 'https://%'),
  dpo               text not null,
  office            text not null,
  barrier_person_id uuid,
  changed_at        timestamptz not null default clock_timestamp(),
  primary key (organisation_id, version),
  foreign key (organisation_id, barrier_person_id) references person (organisation_id, id)
);

do $$
declare t text;
begin
  foreach t in array array['citizen', 'citizen_session', 'citizen_registration', 'citizen_mail', 'page_rating',
                           'page_rater', 'clarity_answer', 'barrier_report', 'publication_settings'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy tenant on %I using (organisation_id = nullif(current_setting(''sitec.organisation'', true), '''')::uuid)', t);
    execute format('grant select, insert on %I to sitec_app', t);
  end loop;
end $$;
grant update, delete on citizen, citizen_session, citizen_registration, citizen_mail to sitec_app;
grant delete on barrier_report to sitec_app;
grant update (has_text) on page_rating, clarity_answer to sitec_app;
grant update (rating_id, sever_on), delete on page_rater to sitec_app;

-- How often a network used a public form today: a keyed hash of day, form and address, gone when the day is.
create table public_form_use (
  digest bytea primary key,
  day    date not null,
  n      int not null
);
grant select, insert, update, delete on public_form_use to sitec_app;

-- Whom a word and an address open, before the administration is known. An account of the administration comes first.
create function citizen_to_sign_in(for_email text) returns table (organisation_id uuid, citizen_id uuid, password_hash text)
language sql stable security definer set search_path = public, pg_temp as $$
  select c.organisation_id, c.id, c.password_hash from citizen c
  where c.email = lower(for_email) and not exists (select from account a where a.email = c.email)
$$;

create function session_citizen(for_token bytea) returns table (
  organisation_id uuid, organisation_name text, zone text, is_demo boolean, citizen_id uuid, email text, is_stale boolean
) language sql stable security definer set search_path = public, pg_temp as $$
  select g.id, g.name, g.zone, g.is_demo, c.id, c.email, s.seen_at < clock_timestamp() - interval '5 minutes'
  from citizen_session s
  join citizen c on c.organisation_id = s.organisation_id and c.id = s.citizen_id
  join organisation g on g.id = s.organisation_id
  where s.token_hash = for_token and s.expires_at > clock_timestamp()
    and s.seen_at > clock_timestamp() - interval '2 hours'
$$;

-- Whether somebody can sign in with this address already, as a person of any administration or as a citizen.
create function is_address_known(for_email text) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from account where email = lower(for_email)) or exists (select from citizen where email = lower(for_email))
$$;

create function registration_of(for_token bytea) returns table (
  organisation_id uuid, id uuid, email text, password_hash text, return_to text, is_expired boolean
) language sql stable security definer set search_path = public, pg_temp as $$
  select r.organisation_id, r.id, r.email, r.password_hash, r.return_to, r.token_expires_at < clock_timestamp()
  from citizen_registration r where r.token_hash = for_token
$$;

-- Takes mails that are due for a while: whoever took them sends them, and if they die they are due again.
create function claim_citizen_mail(how_many int, lease interval) returns table (organisation_id uuid, id uuid)
language sql security definer set search_path = public, pg_temp as $$
  with due as (
    select m.organisation_id, m.id from citizen_mail m where m.next_attempt_at <= clock_timestamp()
    order by m.next_attempt_at limit how_many for update skip locked
  )
  update citizen_mail m set next_attempt_at = clock_timestamp() + lease
  from due where m.organisation_id = due.organisation_id and m.id = due.id
  returning m.organisation_id, m.id
$$;

-- What citizens left is forgotten when its time has come; the times are those of the table in rating-retention.ts.
create function forget_citizens(registration_days int, mail_hours int, answer_days int) returns void
language sql security definer set search_path = public, pg_temp as $$
  delete from citizen_session where expires_at < clock_timestamp() or seen_at < clock_timestamp() - interval '2 hours';
  delete from citizen_registration where created_at < clock_timestamp() - make_interval(days => registration_days);
  delete from citizen_mail where created_at < clock_timestamp()
    - case when notice in ('barrier', 'answer') then make_interval(days => answer_days) else make_interval(hours => mail_hours) end;
  delete from public_form_use where day < (clock_timestamp() at time zone 'UTC')::date;
$$;

do $$
declare f text;
begin
  foreach f in array array['citizen_to_sign_in(text)', 'session_citizen(bytea)', 'is_address_known(text)',
                           'registration_of(bytea)', 'claim_citizen_mail(int, interval)', 'forget_citizens(int, int, int)'] loop
    execute format('revoke execute on function %s from public', f);
    execute format('grant execute on function %s to sitec_app', f);
  end loop;
end $$;
