-- What the decisions about mailboxes need besides: until when an office may answer, whom the automatic answer of a leaver
-- names, what the administration settled, and the mail to the offices with its link.

alter table mailbox_decision
  add column answer_by date not null,                    -- after this day the head may approve without the office
  add column answer_address text check (answer_address = lower(answer_address) and answer_address like '%_@_%'),
  add column confirmed_by uuid,
  add foreign key (organisation_id, confirmed_by) references person (organisation_id, id),
  add check (kind = 'leaver' or answer_address is null),
  add check (kind <> 'rename' or alias_until is not null),
  add check (state <> 'confirmed' or confirmed_at is not null),
  add check (state not in ('approved', 'carried_out') or (approved_at is not null and approved_by is not null)),
  -- What takes a mailbox away needs the office and the head.
  add check (kind not in ('delete', 'merge') or state not in ('approved', 'carried_out') or confirmed_at is not null);
create index mailbox_decision_state on mailbox_decision (organisation_id, state, proposed_at, id);
create index mailbox_decision_into on mailbox_decision (organisation_id, into_id) where into_id is not null;

-- What the administration settled for its decisions; without a row the usual holds.
create table mailbox_setting (
  organisation_id uuid not null references organisation,
  silence_days    int not null check (silence_days between 1 and 365),
  licence_cents   bigint check (licence_cents >= 0),     -- what a mailbox costs in a year, without VAT; null: not said yet
  licence_source  text check (licence_source <> ''),     -- where the price is written
  version         int not null,
  primary key (organisation_id),
  check ((licence_cents is null) = (licence_source is null))
);

-- The link in the mail of a day to an office's contact: it answers the proposals that the mail named, once.
create table decision_link (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  token_hash      bytea not null unique,
  person_id       uuid not null,
  mail_id         uuid not null,
  created_at      timestamptz not null default clock_timestamp(),
  expires_at      timestamptz not null,
  used_at         timestamptz,
  primary key (organisation_id, id),
  foreign key (organisation_id, person_id) references person (organisation_id, id),
  foreign key (organisation_id, mail_id) references outgoing_mail (organisation_id, id)
);
create table decision_link_item (
  organisation_id uuid not null references organisation,
  link_id         uuid not null,
  decision_id     uuid not null,
  primary key (organisation_id, link_id, decision_id),
  foreign key (organisation_id, link_id) references decision_link (organisation_id, id),
  foreign key (organisation_id, decision_id) references mailbox_decision (organisation_id, id)
);

do $$
declare t text;
begin
  foreach t in array array['mailbox_setting', 'decision_link', 'decision_link_item'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy tenant on %I using (organisation_id = nullif(current_setting(''sitec.organisation'', true), '''')::uuid)', t);
    execute format('grant select, insert on %I to sitec_app', t);
  end loop;
end $$;
grant update on mailbox_setting, decision_link to sitec_app;

-- Whose link this is, before the administration is known.
create function decision_link_of(for_token bytea) returns table (organisation_id uuid, id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select organisation_id, id from decision_link where token_hash = for_token
$$;
revoke execute on function decision_link_of(bytea) from public;
grant execute on function decision_link_of(bytea) to sitec_app;

-- A mail of a day that is not about a case: the daily head, and now what an office is asked about its mailboxes.
do $$
declare known text; found record;
begin
  select string_agg(quote_literal(part[1]), ', ') into known
  from pg_constraint c, regexp_matches(pg_get_constraintdef(c.oid), '''([a-z_]+)''', 'g') as part
  where c.conrelid = 'outgoing_mail'::regclass and c.conname = 'outgoing_mail_notice_check';
  execute 'alter table outgoing_mail drop constraint outgoing_mail_notice_check';
  execute format('alter table outgoing_mail add constraint outgoing_mail_notice_check check (notice in (%s, ''mailbox_decisions''))', known);
  -- "Only the daily head has a day", said anew for both.
  for found in
    select c.conname from pg_constraint c
    where c.conrelid = 'outgoing_mail'::regclass and c.contype = 'c' and c.conname <> 'outgoing_mail_notice_check'
      and pg_get_constraintdef(c.oid) like '%daily_head%'
  loop
    execute format('alter table outgoing_mail drop constraint %I', found.conname);
  end loop;
end $$;
alter table outgoing_mail
  add constraint outgoing_mail_of_day check ((notice in ('daily_head', 'mailbox_decisions')) = (day is not null)),
  add constraint outgoing_mail_of_seal check ((notice = 'daily_head') = (seal_number is not null));
drop index outgoing_mail_day;
create unique index outgoing_mail_day on outgoing_mail (organisation_id, day, person_id, notice) where day is not null;

-- What is put off till the morning does not wait for anything: only what is due, or was tried and put back, is counted.
create or replace function outgoing_mail_standing() returns table (waiting bigint, stuck bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select (select count(*) from (select from outgoing_mail where state = 'pending'
            and (attempts > 0 or next_attempt_at <= clock_timestamp()) limit 10000) w),
         (select count(*) from (select from outgoing_mail where state in ('failed', 'suppressed')
            and (state = 'failed' or trouble = 'too_many') limit 10000) s)
$$;
