-- Mails to people about their cases, and the links in them with which one act is done without signing in.

-- What is to be told, to whom: written with the event it tells of, composed when it is sent. No address and no words
-- here: they are read anew each time, so what was erased meanwhile is not sent.
create table outgoing_mail (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  notice          text not null check (notice in ('opened', 'receipt', 'taken', 'promised', 'replied', 'asked', 'resolved',
                    'closed_silent', 'cancelled', 'refused', 'duplicate', 'daily_head')),
  case_id         uuid,
  event_id        bigint,
  day             date,     -- of a daily head
  seal_number     bigint,
  person_id       uuid not null,
  state           text not null default 'pending' check (state in ('pending', 'sent', 'failed', 'suppressed')),
  attempts        int not null default 0,
  next_attempt_at timestamptz not null default clock_timestamp(),
  message_id      text,     -- the same at every attempt
  trouble         text,     -- why it waits, failed or is held, in a word
  last_error      text,     -- what the mail server said, without addresses
  created_at      timestamptz not null default clock_timestamp(),
  released_at     timestamptz,   -- an administrator wants it to go, however old or many
  sent_at         timestamptz,
  primary key (organisation_id, id),
  foreign key (organisation_id, case_id) references desk_case (organisation_id, id),
  foreign key (organisation_id, person_id) references person (organisation_id, id),
  check ((case_id is null) = (event_id is null)),
  check ((notice = 'daily_head') = (case_id is null)),
  check ((notice = 'daily_head') = (day is not null and seal_number is not null)),
  check ((state = 'sent') = (sent_at is not null))
);
create unique index outgoing_mail_once on outgoing_mail (organisation_id, case_id, event_id, person_id, notice)
  where case_id is not null;
create unique index outgoing_mail_day on outgoing_mail (organisation_id, day, person_id) where day is not null;
create index outgoing_mail_due on outgoing_mail (next_attempt_at) where state = 'pending';
create index outgoing_mail_stuck on outgoing_mail (organisation_id, id) where state in ('failed', 'suppressed');
create index outgoing_mail_sent on outgoing_mail (organisation_id, sent_at, person_id) where state = 'sent';

-- Addresses that came back: nothing goes there until somebody takes them off.
create table suppressed_address (
  organisation_id uuid not null references organisation,
  email           text not null check (email = lower(email)),
  reason          text not null check (reason in ('bounced', 'by_hand')),
  since           timestamptz not null default clock_timestamp(),
  primary key (organisation_id, email)
);

-- A link in a mail: one act, by one person, on one case, once. Of its token only the digest is kept.
create table mail_link (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  token_hash      bytea not null unique,
  purpose         text not null check (purpose in ('answer', 'reply', 'receipt')),
  case_id         uuid not null,
  person_id       uuid not null,
  event_id        bigint not null,   -- what the mail told of: the question, the resolution, the call
  mail_id         uuid,
  created_at      timestamptz not null default clock_timestamp(),
  expires_at      timestamptz not null,
  used_at         timestamptz,
  used_act        text check (used_act in ('confirmed', 'partly', 'no', 'replied', 'call_confirmed', 'call_corrected')),
  primary key (organisation_id, id),
  foreign key (organisation_id, case_id) references desk_case (organisation_id, id),
  foreign key (organisation_id, person_id) references person (organisation_id, id),
  foreign key (organisation_id, mail_id) references outgoing_mail (organisation_id, id),
  check ((used_at is null) = (used_act is null))
);
create index mail_link_mail on mail_link (organisation_id, mail_id);

do $$
declare t text;
begin
  foreach t in array array['outgoing_mail', 'suppressed_address', 'mail_link'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy tenant on %I using (organisation_id = nullif(current_setting(''sitec.organisation'', true), '''')::uuid)', t);
    execute format('grant select, insert, update on %I to sitec_app', t);
  end loop;
end $$;
grant delete on suppressed_address, mail_link to sitec_app;

-- Takes what is due for a while, of every administration, oldest first: whoever took it sends it, others pass it by. If
-- they die, it is due again when the while is over. Of one person's mails about one case the next waits for the one before.
create function claim_outgoing_mail(how_many int, lease interval) returns table (organisation_id uuid, id uuid)
language sql security definer set search_path = public, pg_temp as $$
  with due as (
    select m.organisation_id, m.id from outgoing_mail m
    where m.state = 'pending' and m.next_attempt_at <= clock_timestamp()
      and not exists (select from outgoing_mail e
                      where e.organisation_id = m.organisation_id and e.case_id = m.case_id and e.person_id = m.person_id
                        and e.event_id < m.event_id and e.state = 'pending')
    order by m.next_attempt_at, m.id limit how_many for update skip locked
  ), taken as (
    update outgoing_mail m set next_attempt_at = clock_timestamp() + lease
    from due where m.organisation_id = due.organisation_id and m.id = due.id
    returning m.organisation_id, m.id
  )
  select taken.organisation_id, taken.id from taken order by taken.id
$$;

-- How sending stands, for the state of the system: counts only, up to 10,000: past that the number says nothing more.
create function outgoing_mail_standing() returns table (waiting bigint, stuck bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select (select count(*) from (select from outgoing_mail where state = 'pending' limit 10000) w),
         (select count(*) from (select from outgoing_mail where state in ('failed', 'suppressed')
            and (state = 'failed' or trouble = 'too_many') limit 10000) s)
$$;

-- Once a day the newest head of the chain goes to every contract manager of every administration; asked again, nothing more.
create function write_daily_heads(for_day date) returns bigint
language sql security definer set search_path = public, pg_temp as $$
  with newest as (
    -- The ids are UUIDs of version 7, as everywhere: lists are in their order.
    select max(number) as number, lpad(to_hex((extract(epoch from clock_timestamp()) * 1000)::bigint), 12, '0') as ms from seal
  ), written as (
    insert into outgoing_mail (organisation_id, id, notice, day, seal_number, person_id)
    select p.organisation_id, (ms || '7' || substr(gen_random_uuid()::text, 16))::uuid, 'daily_head', for_day, newest.number, p.id
    from newest, person p
    join person_role r on r.organisation_id = p.organisation_id and r.person_id = p.id and r.role = 'contract_manager'
    where p.left_on is null and newest.number is not null
    on conflict do nothing returning 1
  )
  select count(*) from written
$$;

create function seal_of(for_number bigint) returns table (number bigint, sealed_at timestamptz, head text)
language sql stable security definer set search_path = public, pg_temp as $$
  select number, sealed_at, encode(head, 'hex') from seal where number = for_number
$$;

-- Whose link this is, before the administration is known.
create function mail_link_of(for_token bytea) returns table (organisation_id uuid, id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select organisation_id, id from mail_link where token_hash = for_token
$$;

do $$
declare f text;
begin
  foreach f in array array['claim_outgoing_mail(int, interval)', 'outgoing_mail_standing()', 'write_daily_heads(date)',
                           'seal_of(bigint)', 'mail_link_of(bytea)'] loop
    execute format('revoke execute on function %s from public', f);
    execute format('grant execute on function %s to sitec_app', f);
  end loop;
end $$;
