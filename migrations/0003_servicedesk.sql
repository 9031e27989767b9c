-- Cases. A row is the fold of its events; "case" is a reserved word in SQL, hence desk_case.

create sequence desk_case_number;
grant usage on sequence desk_case_number to sitec_app;

create table desk_case (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  number          bigint not null,
  kind            text not null check (kind in ('incident', 'service_request')),
  state           text not null check (state in ('new', 'assigned', 'in_progress', 'waiting', 'resolved', 'closed', 'cancelled')),
  severity        text not null check (severity in ('blocking', 'high', 'normal')),   -- sorts as it stands: worst first
  title           text not null,
  search          tsvector not null,
  requester_id    uuid not null,
  office_id       uuid,
  place           text not null default '',
  channel         text not null check (channel in ('portal', 'phone', 'api', 'cli')),
  team_id         uuid,
  holder_id       uuid,
  waiting_for     text check (waiting_for in ('user')),
  closed_how      text check (closed_how in ('confirmed', 'silence')),
  opened_at       timestamptz not null,
  taken_at        timestamptz,
  resolved_at     timestamptz,
  closes_at       timestamptz,   -- while resolved: when silence closes it
  closed_at       timestamptz,
  reopened_times  int not null default 0,
  version         int not null,
  updated_at      timestamptz not null,
  updated_by      uuid,
  primary key (organisation_id, id),
  unique (organisation_id, number),
  foreign key (organisation_id, requester_id) references person (organisation_id, id),
  foreign key (organisation_id, office_id) references office (organisation_id, id),
  foreign key (organisation_id, team_id) references team (organisation_id, id),
  foreign key (organisation_id, holder_id) references person (organisation_id, id),
  check ((state = 'waiting') = (waiting_for is not null)),
  check ((state = 'resolved') = (closes_at is not null)),
  check ((state = 'closed') = (closed_how is not null))
);
-- The queue: open cases only, worst and oldest first. What decides who sees a row is in the index, so that counting
-- the views never reads the table.
create index desk_case_open on desk_case (organisation_id, severity, number)
  include (state, team_id, office_id, requester_id) where state not in ('closed', 'cancelled');
create index desk_case_open_state on desk_case (organisation_id, state, severity, number)
  include (team_id, office_id, requester_id) where state not in ('closed', 'cancelled');
create index desk_case_open_holder on desk_case (organisation_id, holder_id, severity, number)
  include (team_id, office_id, requester_id) where state not in ('closed', 'cancelled');
-- The open ones turn over while the table stays as large as it is: a share of the whole table as threshold would leave
-- the planner with counts of months ago, and index-only scans without a visibility map.
alter table desk_case set (
  autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 2000,
  autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000,
  autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 2000
);
create index desk_case_requester on desk_case (organisation_id, requester_id, number desc);
create index desk_case_office on desk_case (organisation_id, office_id, number desc);
create index desk_case_team on desk_case (organisation_id, team_id, number desc);
create index desk_case_search on desk_case using gin (search);

create table case_attachment (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  case_id         uuid not null,
  event_id        bigint not null,
  sha256          text not null,
  name            text not null,
  visibility      text not null check (visibility in ('public', 'internal', 'supplier', 'verifier')),
  primary key (organisation_id, id),
  foreign key (organisation_id, case_id) references desk_case (organisation_id, id),
  foreign key (organisation_id, sha256) references file (organisation_id, sha256)
);
create index case_attachment_case on case_attachment (organisation_id, case_id);

alter table desk_case enable row level security;
create policy tenant on desk_case using (organisation_id = nullif(current_setting('sitec.organisation', true), '')::uuid);
grant select, insert, update on desk_case to sitec_app;
alter table case_attachment enable row level security;
create policy tenant on case_attachment using (organisation_id = nullif(current_setting('sitec.organisation', true), '')::uuid);
grant select, insert, delete on case_attachment to sitec_app;
-- Erasing what people wrote takes their attachments too; the bytes go with the next sweep.
grant delete on file to sitec_app;

-- Row security keeps the GIN index from being used, so the tenant stands in the WHERE here and callers join the ids
-- back under row security. Common words are found among the newest 2,000 cases; rarer ones through the index,
-- at most 1,000 of them: past that "is_capped" asks to narrow the words.
create function search_cases(for_organisation uuid, words text, enough int)
returns table (id uuid, is_capped boolean)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  query tsquery := websearch_to_tsquery('it', words);
  found uuid[];
begin
  select array_agg(hit.id) into found from (
    select newest.id from (
      select c.id, c.search from desk_case c where c.organisation_id = for_organisation order by c.number desc limit 2000
    ) newest where newest.search @@ query limit 1001
  ) hit;
  if coalesce(cardinality(found), 0) < enough then
    select array_agg(hit.id) into found from (
      select c.id from desk_case c where c.organisation_id = for_organisation and c.search @@ query limit 1001
    ) hit;
  end if;
  return query select unnest(found[1:1000]), coalesce(cardinality(found), 0) > 1000;
end $$;
revoke execute on function search_cases(uuid, text, int) from public;
grant execute on function search_cases(uuid, text, int) to sitec_app;
