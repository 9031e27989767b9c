-- What the record says of each case, for whoever reckons with it: one narrow row, so that a quarter of a million cases is
-- read and not gathered anew from ten events each. It follows from events alone and is rewritten by the statement that
-- appends one; it is never granted for writing. Instants in milliseconds since 1970; whose word each is beside it.
create table case_evidence (
  organisation_id          uuid not null references organisation,
  case_id                  uuid not null,
  number                   bigint not null,
  opened_kind              text not null,
  severity                 text not null,   -- as it was opened
  requester_id             uuid not null,
  office_id                uuid,
  is_reserved              boolean not null,
  is_repeated              boolean not null,
  is_duplicate             boolean not null,
  is_typed_later           boolean not null,
  first_team_id            uuid,            -- to whom it was entrusted first: handing it over moves it to no other indicator
  start_ms                 bigint not null, -- the call, as its caller corrected it, or the first clock of a duplicate joined to it
  start_witness            text not null,
  taken_ms                 bigint,
  taken_witness            text,
  taken_event              bigint,
  activity_ms              bigint,
  first_promise_given_ms   bigint,
  first_promise_due_ms     bigint,
  is_first_promise_imported boolean,
  last_promise_given_ms    bigint,
  last_promise_due_ms      bigint,
  is_last_promise_imported boolean,
  promised_times           int not null,
  delivered_ms             bigint,
  delivered_witness        text,
  received_ms              bigint,
  received_witness         text,
  received_event           bigint,
  resolved_ms              bigint,          -- the resolution that stood: none when the case was reopened after it
  resolved_witness         text,
  resolved_event           bigint,
  confirmed_ms             bigint,
  confirmed_witness        text,
  reopened_times           int not null,
  cancelled_ms             bigint,
  lived_until_ms           bigint not null, -- after it nothing of the case can count any more; 2^53 - 1 while it is open
  primary key (organisation_id, case_id)
);
create index case_evidence_lived on case_evidence (organisation_id, lived_until_ms);
alter table case_evidence enable row level security;
create policy tenant on case_evidence using (organisation_id = nullif(current_setting('sitec.organisation', true), '')::uuid);
grant select on case_evidence to sitec_app;

-- Thirteen digits from 2001 to 2286, so that texts sort as instants do and one aggregate brings an instant and its witness.
create function stamp(instant timestamptz) returns text language sql immutable
return (date_part('epoch', instant) * 1000)::bigint::text;
create function stamped_ms(stamped text) returns bigint language sql immutable return left(stamped, 13)::bigint;
create function stamped_witness(stamped text) returns text language sql immutable return substr(stamped, 14, 1);
create function stamped_rest(stamped text) returns text language sql immutable return substr(stamped, 15);
-- What the supplier's tool sent later counts from when it reached SITEC: an import never becomes observed
-- (contract-logic §1.2).
create function counts_from(e event) returns text language sql stable
return stamp(case when e.witness = 'I' then e.recorded_at else e.occurred_at end);
create function taken_from(e event) returns text language sql stable
return case when e.kind = 'case.visited' and e.witness <> 'I' then stamp((e.payload->>'startedAt')::timestamptz) else counts_from(e) end;

-- The evidence of these cases, from their events in one pass.
create function case_evidence_of(for_organisation uuid, cases uuid[]) returns setof case_evidence language sql stable as $$
  with told as (
    select e.subject_id as case_id,
      min(e.payload::text) filter (where e.kind = 'case.opened')::jsonb as opening,
      min(counts_from(e) || e.witness) filter (where e.kind = 'case.opened') as opened,
      bool_or(e.recorded_at - e.occurred_at > interval '30 minutes') filter (where e.kind = 'case.opened') as is_typed_later,
      max(stamp((e.payload->>'calledAt')::timestamptz)) filter (where e.kind = 'case.call_corrected') as corrected,
      min(stamp((e.payload->>'startedAt')::timestamptz)) filter (where e.kind = 'case.joined') as joined,
      min(counts_from(e) || (e.payload->>'teamId'))
        filter (where e.kind in ('case.assigned', 'case.taken') and e.payload->>'teamId' is not null) as entrusted,
      min(taken_from(e) || e.witness || e.id) filter (where e.kind in ('case.taken', 'case.visited')) as taken,
      min(taken_from(e)) filter (where e.kind in ('case.visited', 'case.asked', 'case.paused', 'case.promised', 'case.delivered',
        'case.estimated', 'case.resolved') or (e.kind = 'case.replied' and not (e.payload->>'isRequester')::boolean)) as activity,
      min(counts_from(e) || e.witness || (e.payload->>'promisedFor')) filter (where e.kind = 'case.promised') as first_promise,
      max(counts_from(e) || e.witness || (e.payload->>'promisedFor')) filter (where e.kind = 'case.promised') as last_promise,
      count(*) filter (where e.kind = 'case.promised') as promised_times,
      max(counts_from(e) || e.witness || e.id) filter (where e.kind = 'case.delivered') as delivered,
      max(counts_from(e) || e.witness || e.id)
        filter (where e.kind = 'case.received' and (e.payload->>'isLast')::boolean) as received,
      max(counts_from(e) || e.witness || e.id) filter (where e.kind = 'case.resolved') as resolved,
      max(counts_from(e) || e.witness) filter (where e.kind = 'case.confirmed') as confirmed,
      max(counts_from(e)) filter (where e.kind = 'case.reopened') as reopened,
      count(*) filter (where e.kind = 'case.reopened') as reopened_times,
      max(counts_from(e)) filter (where e.kind in ('case.cancelled', 'case.refused')) as cancelled,
      bool_or(e.kind = 'case.duplicate_marked') as is_duplicate,
      max(counts_from(e)) filter (where e.kind in ('case.confirmed', 'case.closed_silent', 'case.cancelled', 'case.refused',
        'case.duplicate_marked') or (e.kind = 'case.received' and (e.payload->>'isLast')::boolean)) as ended
    from event e
    where e.organisation_id = for_organisation and e.subject_type = 'case' and e.subject_id = any (cases)
      and e.kind in ('case.opened', 'case.assigned', 'case.call_corrected', 'case.joined', 'case.taken', 'case.visited', 'case.asked',
        'case.paused', 'case.promised', 'case.delivered', 'case.estimated', 'case.resolved', 'case.replied', 'case.received',
        'case.confirmed', 'case.reopened', 'case.cancelled', 'case.refused', 'case.closed_silent', 'case.duplicate_marked')
    group by e.subject_id
    having bool_or(e.kind = 'case.opened')
  ), kept as (
    select *,
      -- Only its caller corrects the instant of a call.
      coalesce(corrected, left(opened, 13)) as asked,
      case when resolved is null or reopened > left(resolved, 13) then null else resolved end as stood,
      case when ended is null or reopened > ended then null else ended end as over,
      stamp(stamped_rest(first_promise)::timestamptz) as first_due, stamp(stamped_rest(last_promise)::timestamptz) as last_due
    from told
  )
  select for_organisation, case_id, (opening->>'number')::bigint, opening->>'kind', opening->>'severity',
    (opening->>'requesterId')::uuid, (opening->>'officeId')::uuid, opening->>'reserved' is not null,
    opening->>'repeatsId' is not null, is_duplicate, is_typed_later, substr(entrusted, 14)::uuid,
    least(joined, asked)::bigint, case when corrected is null then stamped_witness(opened) else 'U' end,
    stamped_ms(taken), stamped_witness(taken), stamped_rest(taken)::bigint, activity::bigint,
    stamped_ms(first_promise), first_due::bigint, stamped_witness(first_promise) = 'I',
    stamped_ms(last_promise), last_due::bigint, stamped_witness(last_promise) = 'I', promised_times::int,
    stamped_ms(delivered), stamped_witness(delivered),
    stamped_ms(received), stamped_witness(received), stamped_rest(received)::bigint,
    stamped_ms(stood), stamped_witness(stood), stamped_rest(stood)::bigint,
    stamped_ms(confirmed), stamped_witness(confirmed), reopened_times::int, cancelled::bigint,
    case when over is null then 9007199254740991
      -- Thirty days after its request, whatever became of it: what was cancelled may have fallen due meanwhile.
      else greatest(over, left(resolved, 13), first_due, last_due)::bigint end
  from kept
$$;

-- Writes the evidence of these cases again; returns how many rows that changed. Planned once: planning anew for each event took
-- a third of the openings of cases away.
create function keep_case_evidence(for_organisation uuid, cases uuid[]) returns bigint
language plpgsql security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
declare changed bigint;
begin
  insert into case_evidence as k select * from case_evidence_of(for_organisation, cases)
  on conflict (organisation_id, case_id) do update set
    (number, opened_kind, severity, requester_id, office_id, is_reserved, is_repeated, is_duplicate, is_typed_later, first_team_id,
     start_ms, start_witness, taken_ms, taken_witness, taken_event, activity_ms,
     first_promise_given_ms, first_promise_due_ms, is_first_promise_imported,
     last_promise_given_ms, last_promise_due_ms, is_last_promise_imported, promised_times,
     delivered_ms, delivered_witness, received_ms, received_witness, received_event,
     resolved_ms, resolved_witness, resolved_event, confirmed_ms, confirmed_witness, reopened_times, cancelled_ms, lived_until_ms)
    = (excluded.number, excluded.opened_kind, excluded.severity, excluded.requester_id, excluded.office_id, excluded.is_reserved,
     excluded.is_repeated, excluded.is_duplicate, excluded.is_typed_later, excluded.first_team_id,
     excluded.start_ms, excluded.start_witness, excluded.taken_ms, excluded.taken_witness, excluded.taken_event, excluded.activity_ms,
     excluded.first_promise_given_ms, excluded.first_promise_due_ms, excluded.is_first_promise_imported,
     excluded.last_promise_given_ms, excluded.last_promise_due_ms, excluded.is_last_promise_imported, excluded.promised_times,
     excluded.delivered_ms, excluded.delivered_witness, excluded.received_ms, excluded.received_witness, excluded.received_event,
     excluded.resolved_ms, excluded.resolved_witness, excluded.resolved_event, excluded.confirmed_ms, excluded.confirmed_witness,
     excluded.reopened_times, excluded.cancelled_ms, excluded.lived_until_ms)
  where k is distinct from excluded;
  get diagnostics changed = row_count;
  return changed;
end $$;
revoke execute on function keep_case_evidence(uuid, uuid[]) from public;
grant execute on function keep_case_evidence(uuid, uuid[]) to sitec_app;

create function follow_case_events() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform keep_case_evidence(a.organisation_id, a.cases) from (
    select organisation_id, array_agg(distinct subject_id) as cases from appended where subject_type = 'case' group by organisation_id) a;
  return null;
end $$;
create trigger event_case_evidence after insert on event
  referencing new table as appended for each statement execute function follow_case_events();

-- What was recorded before.
select keep_case_evidence(organisation_id, array_agg(id)) from desk_case group by organisation_id;
