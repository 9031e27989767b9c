-- Every kind of request, clocks that explain themselves, agreements they run on.

-- Two more ways in: a mail that arrived, and the page a mail link opened.
alter table event drop constraint event_door_check;
alter table event add constraint event_door_check check (door in ('portal', 'desk', 'api', 'cli', 'job', 'import', 'mail', 'link'));
alter table desk_case drop constraint desk_case_channel_check;
alter table desk_case add constraint desk_case_channel_check check (channel in ('portal', 'phone', 'mail', 'api', 'cli', 'in_person'));

-- What the desk agreed to. A version is never changed; which one holds on a day is the latest known of those that began.
create table desk_agreement_version (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  number          int not null,
  effective_from  date not null,
  known_from      timestamptz not null default clock_timestamp(),
  terms           jsonb not null,
  primary key (organisation_id, id),
  unique (organisation_id, number)
);
create index desk_agreement_in_force on desk_agreement_version (organisation_id, effective_from desc, number desc);
alter table desk_agreement_version enable row level security;
create policy tenant on desk_agreement_version using (organisation_id = nullif(current_setting('sitec.organisation', true), '')::uuid);
grant select, insert on desk_agreement_version to sitec_app;

alter table desk_case drop constraint desk_case_kind_check, drop constraint desk_case_state_check,
  drop constraint desk_case_waiting_for_check;
alter table desk_case
  add constraint desk_case_kind_check check (kind in ('incident', 'service_request', 'consumable', 'application_support',
    'defect', 'small_maintenance', 'data_processing', 'development_request', 'ancillary_service')),
  add constraint desk_case_state_check check (state in ('new', 'assigned', 'in_progress', 'waiting', 'resolved', 'closed',
    'cancelled', 'duplicate', 'rejected')),
  add constraint desk_case_waiting_for_check check (waiting_for in ('user', 'appointment', 'third_party', 'approval',
    'planned_change', 'force_majeure')),
  add column opened_kind        text,
  add column proposed_kind      text,
  add column reserved           text check (reserved in ('health', 'whistleblowing', 'police')),
  add column agreement_id       uuid,
  add column about              text not null default '',   -- the application or machine it concerns, as people call it
  add column details            jsonb not null default '{}',
  add column deliveries         jsonb not null default '[]',
  add column person_days        numeric(5, 1),
  add column repeats_id         uuid,
  add column duplicate_of       uuid,
  add column promised_at        timestamptz,
  add column first_promised_at  timestamptz,
  add column promised_times     int not null default 0,
  add column timeline           jsonb not null default '{}',   -- the fold of events that clocks are derived from
  add column clocks             jsonb not null default '[]',   -- derived from timeline, agreement and calendar
  add column next_due_at        timestamptz,                   -- null: nothing runs, or nothing is agreed
  add column next_due_metric    text,
  add column next_escalation_at timestamptz,
  add foreign key (organisation_id, agreement_id) references desk_agreement_version (organisation_id, id),
  add foreign key (organisation_id, duplicate_of) references desk_case (organisation_id, id),
  add check ((state = 'duplicate') = (duplicate_of is not null));
-- Cases opened before there were kinds keep theirs; their clocks come with the first nightly check.
update desk_case set opened_kind = kind;
alter table desk_case alter column opened_kind set not null;

-- The queue by time left: what is due first comes first, what waits comes last. What is resolved is nobody's work
-- meanwhile and is in none of the three; the date itself is included so that counting the late ones reads no table.
create index desk_case_open_due on desk_case (organisation_id, (coalesce(next_due_at, 'infinity')), number)
  include (state, team_id, office_id, requester_id, severity, next_due_at)
  where state not in ('resolved', 'closed', 'cancelled', 'duplicate', 'rejected');
-- Reports look at the cases of a period.
create index desk_case_opened on desk_case using brin (opened_at);
-- What a new case may repeat: same office, same subject, over; nothing to keep up while cases are opened.
create index desk_case_repeated on desk_case (organisation_id, office_id, lower(title), opened_at)
  where state in ('closed', 'cancelled', 'rejected') and reserved is null;
-- What nobody has taken yet, least time left first.
create index desk_case_untaken on desk_case (organisation_id, (coalesce(next_due_at, 'infinity')), number)
  where state in ('new', 'assigned');
create index desk_case_escalation on desk_case (next_escalation_at) where next_escalation_at is not null;
create index desk_case_consent on desk_case (organisation_id, number) where proposed_kind is not null;
drop index desk_case_open, desk_case_open_state, desk_case_open_holder;
create index desk_case_open on desk_case (organisation_id, severity, number)
  include (state, team_id, office_id, requester_id)
  where state not in ('resolved', 'closed', 'cancelled', 'duplicate', 'rejected');
-- What the home pages count by team and by kind is in it too.
create index desk_case_open_state on desk_case (organisation_id, state, severity, number)
  include (team_id, office_id, requester_id, kind, next_due_at, opened_at)
  where state not in ('closed', 'cancelled', 'duplicate', 'rejected');
create index desk_case_open_holder on desk_case (organisation_id, holder_id, severity, number)
  include (state, team_id, office_id, requester_id)
  where state not in ('resolved', 'closed', 'cancelled', 'duplicate', 'rejected');

-- Consumables by printer model.
create table consumable_item (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  code            text not null check (code <> ''),
  name            text not null check (name <> ''),
  printer_model   text not null default '',
  is_active       boolean not null default true,
  primary key (organisation_id, id),
  unique (organisation_id, code)
);
alter table consumable_item enable row level security;
create policy tenant on consumable_item using (organisation_id = nullif(current_setting('sitec.organisation', true), '')::uuid);
grant select, insert, update on consumable_item to sitec_app;

-- Wrong delivery codes typed for a case: after five, somebody at the desk must look.
create table delivery_attempt (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  case_id         uuid not null,
  at              timestamptz not null default clock_timestamp(),
  primary key (organisation_id, id),
  foreign key (organisation_id, case_id) references desk_case (organisation_id, id)
);
create index delivery_attempt_case on delivery_attempt (organisation_id, case_id, at);
alter table delivery_attempt enable row level security;
create policy tenant on delivery_attempt using (organisation_id = nullif(current_setting('sitec.organisation', true), '')::uuid);
grant select, insert on delivery_attempt to sitec_app;

-- Escalations told, each once, and when the one they are for is at work.
create table case_escalation (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  case_id         uuid not null,
  metric          text not null,
  cycle           int not null,
  level           int not null check (level in (50, 75, 90, 100, 120)),
  audience        text not null check (audience in ('holder', 'team_leader', 'contract_manager')),
  reached_at      timestamptz not null,
  tell_at         timestamptz not null,   -- the first open instant of the calendar from reached_at on
  primary key (organisation_id, id),
  unique (organisation_id, case_id, metric, cycle, level),
  foreign key (organisation_id, case_id) references desk_case (organisation_id, id)
);
create index case_escalation_newest on case_escalation (organisation_id, audience, tell_at desc);
alter table case_escalation enable row level security;
create policy tenant on case_escalation using (organisation_id = nullif(current_setting('sitec.organisation', true), '')::uuid);
grant select, insert on case_escalation to sitec_app;

-- How the nightly comparison of stored and recomputed clocks ended, one row a run.
create table clock_check (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  at              timestamptz not null default clock_timestamp(),
  checked         int not null,
  differing       int not null,
  calendar_known  timestamptz,            -- the newest version of any calendar it was made with
  primary key (organisation_id, id)
);
create index clock_check_newest on clock_check (organisation_id, at desc);
alter table clock_check enable row level security;
create policy tenant on clock_check using (organisation_id = nullif(current_setting('sitec.organisation', true), '')::uuid);
grant select, insert on clock_check to sitec_app;

-- Across tenants: which cases reached a level. Ids only.
create function due_escalations(how_many int) returns table (organisation_id uuid, case_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select c.organisation_id, c.id from desk_case c
  where c.next_escalation_at <= clock_timestamp() order by c.next_escalation_at limit how_many
$$;
revoke execute on function due_escalations(int) from public;
grant execute on function due_escalations(int) to sitec_app;

-- What an opening begins from: who asks (by id or address), where, the next number, the agreement of the day, and the case
-- of the last fifteen days that this one repeats. In a function, because planning it anew cost more than running it, and
-- because row security keeps lower() from its index: the tenant stands in every WHERE.
create function opening_of(for_organisation uuid, person_id uuid, person_email text, today date, subject text)
returns table (id uuid, office_id uuid, place text, number bigint, agreement_id uuid, repeats_id uuid)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  asker uuid := person_id;
begin
  if person_email is not null then
    select found.id into asker from person found
    where found.organisation_id = for_organisation and found.email = person_email;
  end if;
  return query
    select p.id, p.office_id, concat_ws(', ', coalesce(s.name, o_s.name), nullif(p.room, '')), nextval('desk_case_number'),
           (select a.id from desk_agreement_version a
            where a.organisation_id = p.organisation_id and a.effective_from <= today
            order by a.effective_from desc, a.number desc limit 1),
           (select c.id from desk_case c
            where c.organisation_id = p.organisation_id and c.office_id = p.office_id
              and lower(c.title) = lower(subject) and c.opened_at > clock_timestamp() - interval '15 days'
              and c.state in ('closed', 'cancelled', 'rejected') and c.reserved is null
            order by c.opened_at desc limit 1)
    from person p
    left join site s on s.organisation_id = p.organisation_id and s.id = p.site_id
    left join office o on o.organisation_id = p.organisation_id and o.id = p.office_id
    left join site o_s on o_s.organisation_id = o.organisation_id and o_s.id = o.site_id
    where p.organisation_id = for_organisation and p.id = asker and p.left_on is null;
end $$;
revoke execute on function opening_of(uuid, uuid, text, date, text) from public;
grant execute on function opening_of(uuid, uuid, text, date, text) to sitec_app;
