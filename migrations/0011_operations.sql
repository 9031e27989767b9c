-- What is watched, who watches it, what was seen; calls; interruptions agreed beforehand; person-days of small maintenance.

-- A server, application, service or line that is watched from a day to a day. `hosts_web`: it counts for web services too.
create table monitored_scope (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  code            text not null check (code ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$'),
  name            text not null check (name <> ''),
  kind            text not null check (kind in ('server', 'application', 'service', 'line')),
  hosts_web       boolean not null,
  hours           text not null check (hours in ('always', 'business')),
  interval_s      int not null check (interval_s between 10 and 86400),
  begins_on       date not null,
  ends_on         date check (ends_on >= begins_on),       -- the last day
  version         int not null,
  primary key (organisation_id, id),
  unique (organisation_id, code)
);

create table probe (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  code            text not null check (code ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$'),
  name            text not null check (name <> ''),
  network         text not null check (network ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$'),
  run_by          text not null check (run_by in ('administration', 'supplier')),
  primary key (organisation_id, id),
  unique (organisation_id, code)
);

-- A file that was brought in. `digest`: of the rows it added, in order, so that they can be proved to be unchanged.
create table operations_import (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  what            text not null check (what in ('samples', 'outages', 'calls')),
  made_at         timestamptz not null default clock_timestamp(),
  by_party        text not null check (by_party in ('administration', 'supplier', 'installation')),
  sha256          text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  lines           int not null,
  added           int not null,
  known           int not null,
  digest          text not null check (digest ~ '^[0-9a-f]{64}$'),
  primary key (organisation_id, id)
);
create index operations_import_age on operations_import (organisation_id, made_at desc);

-- The checks of a probe on a scope during a day (UTC) that an import added: every single one is kept, as milliseconds of
-- the day. A month of 900,000 checks is some thousand rows. Only added to, never changed.
create table probe_day (
  organisation_id uuid not null references organisation,
  scope_id        uuid not null,
  probe_id        uuid not null,
  day             date not null,
  import_id       uuid not null,
  part            int not null,                             -- a file that is not in order of time gives several
  witness         text not null check (witness in ('T', 'I')),
  at_ms           int[] not null check (cardinality(at_ms) > 0),   -- ascending
  failed_ms       int[] not null,                           -- those of them that failed
  took_ms         int[] check (cardinality(took_ms) = cardinality(at_ms)),
  longest_gap_ms  int not null,                             -- between two of them
  primary key (organisation_id, scope_id, probe_id, day, import_id, part),
  foreign key (organisation_id, scope_id) references monitored_scope (organisation_id, id),
  foreign key (organisation_id, probe_id) references probe (organisation_id, id),
  foreign key (organisation_id, import_id) references operations_import (organisation_id, id) deferrable initially deferred
);
create index probe_day_day on probe_day (organisation_id, day);
create index probe_day_import on probe_day (organisation_id, import_id);

-- What the supplier says was out of order. Kept beside what probes saw.
create table declared_outage (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  scope_id        uuid not null,
  from_at         timestamptz not null,
  until_at        timestamptz not null check (until_at > from_at),
  reason          text not null,
  is_excluded     boolean not null,                         -- the supplier holds that it does not count
  import_id       uuid not null,
  primary key (organisation_id, id),
  unique (organisation_id, scope_id, from_at),
  foreign key (organisation_id, scope_id) references monitored_scope (organisation_id, id),
  foreign key (organisation_id, import_id) references operations_import (organisation_id, id) deferrable initially deferred
);
create index declared_outage_from on declared_outage (organisation_id, from_at);

-- A stop that is planned. It is agreed when the city accepted it and users were told before it began; both instants are SITEC's.
create table planned_interruption (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  scope_id        uuid not null,
  kind            text not null check (kind in ('ordinary', 'extraordinary')),
  from_at         timestamptz not null,
  until_at        timestamptz not null check (until_at > from_at),
  reason          text not null check (reason <> ''),
  state           text not null check (state in ('proposed', 'accepted', 'refused')),
  proposed_at     timestamptz not null,
  decided_at      timestamptz check ((state = 'proposed') = (decided_at is null)),
  noticed_at      timestamptz,                              -- users were told
  version         int not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, scope_id) references monitored_scope (organisation_id, id)
);
create index planned_interruption_from on planned_interruption (organisation_id, from_at);
create index planned_interruption_waiting on planned_interruption (organisation_id, from_at) where state = 'proposed';

-- A call as the carrier or the exchange wrote it down. No operator and no caller: there is no column for them.
create table call_record (
  organisation_id uuid not null references organisation,
  source          text not null check (source in ('carrier', 'exchange')),
  witness         text not null check (witness in ('T', 'I')),
  key             text collate "C" not null check (key <> ''),   -- its reference, or instant, outcome, wait and ordinal
  started_at      timestamptz not null,
  outcome         text not null check (outcome in ('answered', 'abandoned', 'busy', 'ivr_end', 'voicemail', 'overflow')),
  waited_s        int not null check (waited_s >= 0),
  answered_at     timestamptz,
  ended_at        timestamptz,
  import_id       uuid not null,                            -- no foreign key: a million of its checks outlast the loading
  primary key (organisation_id, source, witness, key),
  check (witness = 'I' or source = 'carrier')
);
create index call_record_started on call_record (organisation_id, started_at) include (source, witness, outcome);
create index call_record_import on call_record (organisation_id, import_id);

create table application (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  code            text not null check (code ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$'),
  name            text not null check (name <> ''),
  area            text not null check (area in ('applications', 'web')),
  steward_id      uuid,                                     -- who answers for it in the administration
  begins_on       date not null,
  ends_on         date check (ends_on >= begins_on),
  version         int not null,
  primary key (organisation_id, id),
  unique (organisation_id, code),
  foreign key (organisation_id, steward_id) references person (organisation_id, id)
);

-- Person-days in tenths. Never edited: a counter-entry takes one back. What was done is text beside the event.
create table person_day_entry (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  area            text not null check (area in ('applications', 'web')),
  application_id  uuid,
  case_id         uuid,
  case_number     text,
  reference       text check (reference <> ''),             -- the supplier's own, once each
  day             date not null,
  tenths          int not null check (tenths <> 0),
  state           text not null check (state in ('declared', 'accepted', 'contested')),
  corrects_id     uuid,
  event_id        bigint not null,                          -- its declaration, where its words are
  decision_id     bigint,                                   -- the event that decided on it
  version         int not null,
  primary key (organisation_id, id),
  unique (organisation_id, reference),
  unique (organisation_id, corrects_id),
  foreign key (organisation_id, application_id) references application (organisation_id, id),
  foreign key (organisation_id, case_id) references desk_case (organisation_id, id),
  foreign key (organisation_id, corrects_id) references person_day_entry (organisation_id, id),
  check ((tenths < 0) = (corrects_id is not null)),
  check ((case_id is null) = (case_number is null)),
  check ((state = 'declared') = (decision_id is null) or corrects_id is not null)
);
create index person_day_entry_day on person_day_entry (organisation_id, day desc, id);
create index person_day_entry_case on person_day_entry (organisation_id, case_id) where case_id is not null;

-- How many a year may have; the newest known one counts, the earlier ones stay.
create table person_day_quota (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  year            int not null check (year between 2000 and 2200),
  area            text not null check (area in ('applications', 'web')),
  tenths          int not null check (tenths >= 0),
  most_tenths     int not null check (most_tenths > 0),     -- of one item
  act             text not null check (act <> ''),
  known_from      timestamptz not null,
  primary key (organisation_id, id),
  unique (organisation_id, year, area, known_from)
);

do $$
declare t text;
begin
  foreach t in array array['monitored_scope', 'probe', 'operations_import', 'probe_day', 'declared_outage', 'planned_interruption',
                           'call_record', 'application', 'person_day_entry', 'person_day_quota'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy tenant on %I using (organisation_id = nullif(current_setting(''sitec.organisation'', true), '''')::uuid)', t);
    execute format('grant select, insert on %I to sitec_app', t);
  end loop;
end $$;
grant update on monitored_scope, planned_interruption, application, person_day_entry to sitec_app;
