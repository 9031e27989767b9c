-- The contract with the in-house company: its versions, what was declared, contested, decided and approved.

create table contract (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  title           text not null check (title <> ''),
  source          text not null,
  begins_on       date not null,
  ends_on         date,
  primary key (organisation_id, id),
  unique (organisation_id, begins_on),
  check (ends_on > begins_on)
);

-- Services, fees, classes, terms, subsets and each indicator, in versions: effective from a day, known from another,
-- by an act. A version is never changed; what holds is the newest known of the newest effective.
create table contract_version (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  contract_id     uuid not null,
  subject         text not null check (subject ~ '^(services|fees|classes|terms|subsets|indicator:[A-Z0-9.]{1,20})$'),
  effective_from  date not null,
  known_from      date not null,
  act             text not null check (act <> ''),
  content         jsonb not null,
  primary key (organisation_id, id),
  unique (organisation_id, contract_id, subject, effective_from, known_from),
  foreign key (organisation_id, contract_id) references contract (organisation_id, id)
);

-- What the supplier says of a period. A figure declared again, on a document, leaves the earlier one beside it.
create table declaration (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  contract_id     uuid not null,
  period          text not null check (period ~ '^\d{4}-(Q[1-4]|0[1-9]|1[0-2])$'),
  indicator       text not null,
  service         text not null,
  scope           text not null default '',
  number          int not null default 1,
  in_time         bigint check (in_time >= 0),
  total           bigint check (total >= 0),
  days            bigint check (days >= 0),
  hundredths      bigint check (hundredths >= 0),
  unit            text not null check (unit in ('percent', 'percent_lost', 'business_days', 'not_measured')),
  source          text not null,
  declared_at     timestamptz not null default clock_timestamp(),
  primary key (organisation_id, id),
  unique (organisation_id, contract_id, period, indicator, service, scope, number),
  foreign key (organisation_id, contract_id) references contract (organisation_id, id),
  check (in_time <= total)
);

-- The supplier's own list behind a figure: which cases it counts, and how.
create table declared_case (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  contract_id     uuid not null,
  period          text not null,
  indicator       text not null,
  case_id         uuid not null,
  is_in_time      boolean not null,
  started_at      timestamptz,
  done_at         timestamptz,
  primary key (organisation_id, id),
  unique (organisation_id, contract_id, period, indicator, case_id),
  foreign key (organisation_id, contract_id) references contract (organisation_id, id),
  foreign key (organisation_id, case_id) references desk_case (organisation_id, id)
);

-- A quarter's report as it reached the administration's registry: terms start on documents.
create table contract_report (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  contract_id     uuid not null,
  period          text not null check (period ~ '^\d{4}-Q[1-4]$'),
  received_on     date not null,
  protocol        text not null check (protocol <> ''),
  is_complete     boolean not null,
  primary key (organisation_id, id),
  unique (organisation_id, contract_id, period, protocol),
  foreign key (organisation_id, contract_id) references contract (organisation_id, id)
);

-- A year's operating plan, approved on a day by an act: until then last December's fee is invoiced.
create table plan_approval (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  contract_id     uuid not null,
  year            int not null check (year between 2000 and 2100),
  approved_on     date not null,
  document        text not null check (document <> ''),
  primary key (organisation_id, id),
  unique (organisation_id, contract_id, year),
  foreign key (organisation_id, contract_id) references contract (organisation_id, id)
);

create table contest (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  contract_id     uuid not null,
  period          text not null,
  indicator       text not null,
  service         text not null,
  scope           text not null default '',
  raised_by       text not null check (raised_by in ('administration', 'supplier')),
  reason          text not null check (reason in ('late_not_late', 'instant_wrong', 'not_counted', 'counted_twice', 'population', 'other')),
  evidence        text not null default '',
  state           text not null check (state in ('open', 'answered', 'agreed', 'withdrawn')),
  due_on          date not null,
  agreed          jsonb,
  raised_at       timestamptz not null default clock_timestamp(),
  settled_at      timestamptz,
  version         int not null default 1,
  primary key (organisation_id, id),
  foreign key (organisation_id, contract_id) references contract (organisation_id, id),
  check ((state = 'agreed') = (agreed is not null))
);
create index contest_period on contest (organisation_id, contract_id, period, indicator);
create table contest_case (
  organisation_id uuid not null references organisation,
  contest_id      uuid not null,
  case_id         uuid not null,
  primary key (organisation_id, contest_id, case_id),
  foreign key (organisation_id, contest_id) references contest (organisation_id, id),
  foreign key (organisation_id, case_id) references desk_case (organisation_id, id)
);

-- Something left out of the reckoning: an item, or a stretch of time of a scope. Agreed only with the other side's
-- acceptance and notice before it began; otherwise the contract manager's decision, and public as such.
create table exclusion (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  contract_id     uuid not null,
  period          text not null,
  indicator       text not null,
  case_id         uuid,
  reason          text not null check (reason in ('agreed_interruption', 'force_majeure', 'third_parties', 'other_clause')),
  clause          text not null default '',
  document        text not null check (document <> ''),
  asked_by        text not null check (asked_by in ('administration', 'supplier')),
  notice_at       timestamptz,
  state           text not null check (state in ('asked', 'agreed', 'by_manager', 'refused')),
  asked_at        timestamptz not null default clock_timestamp(),
  decided_at      timestamptz,
  version         int not null default 1,
  primary key (organisation_id, id),
  foreign key (organisation_id, contract_id) references contract (organisation_id, id),
  foreign key (organisation_id, case_id) references desk_case (organisation_id, id),
  check ((state = 'asked') = (decided_at is null)),
  check (reason <> 'other_clause' or clause <> '')
);
create unique index exclusion_case on exclusion (organisation_id, contract_id, period, indicator, case_id) where state <> 'refused';

-- A penalty or a reduction of the fee: proposed, answered, decided. What is decided is never changed; a later change of
-- the recurrence it rests on is an adjustment beside it. With a document and no proposal: the story before SITEC.
create table penalty (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  contract_id     uuid not null,
  period          text not null,
  indicator       text not null,
  service         text not null,
  scope           text not null default '',
  nature          text not null check (nature in ('penalty', 'fee_reduction')),
  basis           text not null check (basis in ('declared', 'observed', 'agreed', 'history')),
  level           int not null check (level in (1, 2, 3)),
  rate            int not null check (rate > 0),
  proposed_cents  bigint not null check (proposed_cents >= 0),
  decided_cents   bigint check (decided_cents >= 0),
  state           text not null check (state in ('proposed', 'countered', 'decided')),
  document        text not null default '',
  proposed_on     date not null,
  due_on          date,
  countered_on    date,
  decided_on      date,
  version         int not null default 1,
  primary key (organisation_id, id),
  unique (organisation_id, contract_id, period, indicator, service, scope, nature),
  foreign key (organisation_id, contract_id) references contract (organisation_id, id),
  check ((state = 'decided') = (decided_cents is not null)),
  check ((state = 'decided') = (decided_on is not null))
);
create table penalty_adjustment (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  penalty_id      uuid not null,
  because_of      uuid not null,
  level           int not null check (level in (1, 2, 3)),
  rate            int not null,
  cents           bigint not null,
  made_at         timestamptz not null default clock_timestamp(),
  primary key (organisation_id, id),
  foreign key (organisation_id, penalty_id) references penalty (organisation_id, id),
  foreign key (organisation_id, because_of) references penalty (organisation_id, id)
);

-- A quarter as it was approved: frozen with its digest. What is found later is a correction in a later period.
create table period_approval (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  contract_id     uuid not null,
  period          text not null check (period ~ '^\d{4}-Q[1-4]$'),
  approved_at     timestamptz not null,
  event_id        bigint not null,
  sha256          text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  result          jsonb not null,
  rows            text not null,
  primary key (organisation_id, id),
  unique (organisation_id, contract_id, period),
  foreign key (organisation_id, contract_id) references contract (organisation_id, id)
);
create table period_correction (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  contract_id     uuid not null,
  period          text not null,
  in_period       text not null check (in_period ~ '^\d{4}-Q[1-4]$'),
  indicator       text not null,
  service         text not null,
  scope           text not null default '',
  before          jsonb not null,
  after           jsonb not null,
  delta_cents     bigint not null,
  reason          text not null check (reason <> ''),
  made_at         timestamptz not null default clock_timestamp(),
  primary key (organisation_id, id),
  foreign key (organisation_id, contract_id) references contract (organisation_id, id)
);

do $$
declare t text;
begin
  foreach t in array array['contract', 'contract_version', 'declaration', 'declared_case', 'contract_report', 'plan_approval', 'contest',
    'contest_case', 'exclusion', 'penalty', 'penalty_adjustment', 'period_approval', 'period_correction'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy tenant on %I using (organisation_id = nullif(current_setting(''sitec.organisation'', true), '''')::uuid)', t);
    execute format('grant select, insert on %I to sitec_app', t);
  end loop;
end $$;
grant update on contest, exclusion, penalty to sitec_app;
