-- The ground every module stands on: tenants, events, seals, sign-in, files.
-- Runs as sitec_owner. sitec_app may only do what is granted here, and only inside its tenant.

create text search configuration it (copy = italian);
alter text search configuration it alter mapping for hword, hword_part, word with unaccent, italian_stem;

-- An administration. Every other tenant table carries its id first.
create table organisation (
  id         uuid primary key,
  name       text not null check (name <> ''),
  ipa_code   text unique,
  zone       text not null default 'Europe/Rome',
  is_demo    boolean not null default false,
  created_at timestamptz not null default now()
);
alter table organisation enable row level security;
create policy tenant on organisation using (id = nullif(current_setting('sitec.organisation', true), '')::uuid);
grant select on organisation to sitec_app;

-- Events are the truth: appended, never changed. Ids and digests only; what a person wrote lies in event_text.
-- No foreign keys on purpose: an event outlives what it names.
create table event (
  organisation_id uuid not null references organisation,
  id              bigint generated always as identity primary key,
  subject_type    text not null,
  subject_id      uuid not null,
  kind            text not null,
  version         smallint not null default 1,
  witness         text not null check (witness in ('T', 'U', 'M', 'A', 'S', 'I')),
  actor_id        uuid,
  party_id        uuid,
  door            text not null check (door in ('portal', 'desk', 'api', 'cli', 'job', 'import')),
  occurred_at     timestamptz not null,
  recorded_at     timestamptz not null default clock_timestamp(),
  payload         jsonb not null default '{}',
  text_digest     bytea
);
create index event_subject on event (organisation_id, subject_type, subject_id, id);
alter table event enable row level security;
create policy tenant on event using (organisation_id = nullif(current_setting('sitec.organisation', true), '')::uuid);
grant select, insert on event to sitec_app;

-- Personal and free text of an event: a JSON object as text (bytes matter) and the salt of its digest.
-- Erasing sets both to null; the event and the chain stay valid.
create table event_text (
  organisation_id uuid not null references organisation,
  event_id        bigint primary key references event,
  content         text,
  salt            bytea,
  retention       text not null,
  erased_at       timestamptz,
  erased_reason   text,
  check ((content is null) = (salt is null)),
  check ((content is null) = (erased_at is not null))
);
alter table event_text enable row level security;
create policy tenant on event_text using (organisation_id = nullif(current_setting('sitec.organisation', true), '')::uuid);
grant select, insert, update (content, salt, erased_at, erased_reason) on event_text to sitec_app;

-- One chain for the whole installation, written by one job. Never granted to sitec_app.
create table event_unsealed (event_id bigint primary key);
create table seal (
  number    bigint primary key,
  sealed_at timestamptz not null default clock_timestamp(),
  event_ids bigint[] not null,
  leaves    bytea not null,   -- 32 bytes per event, in the order of event_ids
  head      bytea not null    -- SHA-256 of previous head, number, ids and leaves
);

create function enqueue_seal() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into event_unsealed select id from appended;
  return null;
end $$;
create trigger event_enqueue_seal after insert on event
  referencing new table as appended for each statement execute function enqueue_seal();

-- The leaf of an event: SHA-256 of its columns as one JSON array, instants in whole microseconds since 1970.
create function event_leaf(e event) returns bytea language sql immutable as $$
  select sha256(convert_to(jsonb_build_array(
    e.organisation_id, e.id, e.subject_type, e.subject_id, e.kind, e.version, e.witness, e.actor_id, e.party_id, e.door,
    (extract(epoch from e.occurred_at) * 1000000)::bigint, (extract(epoch from e.recorded_at) * 1000000)::bigint,
    e.payload, encode(e.text_digest, 'hex'))::text, 'UTF8'))
$$;

-- What the public page shows: number, instant and head of the newest seals, nothing of their content.
create function newest_seals(how_many int) returns table (number bigint, sealed_at timestamptz, head text, events bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select number, sealed_at, encode(head, 'hex'), cardinality(event_ids)::bigint
  from seal order by number desc limit least(how_many, 100)
$$;
revoke execute on function newest_seals(int) from public;
grant execute on function newest_seals(int) to sitec_app;

-- A form sent twice, or a call repeated with the same Idempotency-Key, gives the first answer again.
create table idempotency (
  organisation_id uuid not null references organisation,
  actor_id        uuid not null,
  key             text not null check (length(key) between 8 and 200),
  operation       text not null,
  digest          bytea not null,
  result_id       uuid not null,
  created_at      timestamptz not null default now(),
  primary key (organisation_id, actor_id, key)
);
create index idempotency_age on idempotency (created_at);
alter table idempotency enable row level security;
create policy tenant on idempotency using (organisation_id = nullif(current_setting('sitec.organisation', true), '')::uuid);
grant select, insert on idempotency to sitec_app;

-- Content of files by SHA-256; the bytes lie in the data folder.
create table file (
  organisation_id uuid not null references organisation,
  sha256          text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  bytes           bigint not null check (bytes >= 0),
  media_type      text not null,
  created_at      timestamptz not null default now(),
  primary key (organisation_id, sha256)
);
alter table file enable row level security;
create policy tenant on file using (organisation_id = nullif(current_setting('sitec.organisation', true), '')::uuid);
grant select, insert on file to sitec_app;
-- The sweeper looks for orphans across tenants.
create function file_is_known(digest text) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from file where sha256 = digest)
$$;
revoke execute on function file_is_known(text) from public;
grant execute on function file_is_known(text) to sitec_app;

-- Failed and good sign-ins, by keyed hash of address and network, for the lockout. No personal data.
create table sign_in_attempt (
  subject   bytea not null,
  at        timestamptz not null default clock_timestamp()
);
create index sign_in_attempt_subject on sign_in_attempt (subject, at);
grant select, insert, delete on sign_in_attempt to sitec_app;
