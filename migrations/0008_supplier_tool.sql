-- A case may also live in the supplier's own tool; how long texts are kept; people whose data were erased.

-- Where a case lives in a tool of the supplier's: its reference there is one case's alone.
create table external_case (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  case_id         uuid not null,
  system          text not null check (system ~ '^[a-z0-9][a-z0-9._-]{0,49}$'),
  reference       text not null check (reference <> ''),
  since           timestamptz not null default clock_timestamp(),
  primary key (organisation_id, id),
  unique (organisation_id, system, reference),
  foreign key (organisation_id, case_id) references desk_case (organisation_id, id)
);
create index external_case_case on external_case (organisation_id, case_id);

-- A step that their tool declared, once each: the digest tells the same step sent again from another one with its key.
-- What did not fit the case is set aside with its finding and changes nothing.
create table external_step (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  case_id         uuid not null,
  system          text not null check (system <> ''),
  key             text not null check (key <> ''),
  step            text not null check (step <> ''),
  occurred_at     timestamptz not null,
  recorded_at     timestamptz not null default clock_timestamp(),
  digest          bytea not null check (length(digest) = 32),
  outcome         text not null check (outcome in ('applied', 'noted', 'set_aside')),
  finding         text check (finding in ('not_now', 'out_of_order')),
  primary key (organisation_id, id),
  unique (organisation_id, system, key),
  foreign key (organisation_id, case_id) references desk_case (organisation_id, id),
  check ((outcome = 'set_aside') = (finding is not null))
);
create index external_step_case on external_step (organisation_id, case_id, occurred_at);
create index external_step_set_aside on external_step (organisation_id, recorded_at desc) where outcome = 'set_aside';
create index external_step_age on external_step (organisation_id, system, occurred_at);

-- What a comparison with the supplier's export found. Numbers, references and instants only.
create table reconciliation (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  made_at         timestamptz not null default clock_timestamp(),
  system          text not null,
  sha256          text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  result          jsonb not null,
  primary key (organisation_id, id)
);
create index reconciliation_age on reconciliation (organisation_id, made_at desc);

-- How many months the administration keeps what; nothing is erased by time before it has decided.
create table retention_period (
  organisation_id uuid not null references organisation,
  rule            text not null check (rule <> ''),
  months          int not null check (months between 1 and 1200),
  primary key (organisation_id, rule)
);

do $$
declare t text;
begin
  foreach t in array array['external_case', 'external_step', 'reconciliation', 'retention_period'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy tenant on %I using (organisation_id = nullif(current_setting(''sitec.organisation'', true), '''')::uuid)', t);
    execute format('grant select, insert on %I to sitec_app', t);
  end loop;
end $$;
grant update, delete on retention_period to sitec_app;

-- A person whose data were erased does not come back: the row stays for the ids that name it.
alter table person add column erased_at timestamptz;
alter table person add constraint person_erased_left check (erased_at is null or left_on is not null);
grant delete on account, api_key to sitec_app;

-- Closed cases that still have words, for the nightly erasing.
create index desk_case_with_words on desk_case (organisation_id, kind, closed_at) where closed_at is not null and title <> '';
