-- Mail that comes in: the mailboxes it is fetched from, and every message with what became of it.

create table mail_channel (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  name            text not null check (name <> ''),
  address         text not null check (address = lower(address) and address like '%_@_%'),
  host            text not null check (host <> ''),
  port            int not null check (port between 1 and 65535),
  security        text not null check (security in ('tls', 'starttls', 'none')),
  username        text not null check (username <> ''),
  password        bytea not null,             -- sealed with the installation's key
  folder          text not null check (folder <> ''),
  done_folder     text not null default '',   -- where taken messages are moved; empty: they stay and are marked as read
  kind            text not null check (kind <> ''),
  is_active       boolean not null default true,
  uidvalidity     bigint,
  last_uid        bigint not null default 0,
  last_checked_at timestamptz,                -- when the mailbox was last read to its end
  last_seen_at    timestamptz,                -- when a message last came from it
  last_error      text,
  last_error_at   timestamptz,
  version         int not null default 1,
  primary key (organisation_id, id),
  unique (organisation_id, name),
  unique (organisation_id, host, username, folder),
  check ((last_error is null) = (last_error_at is null))
);

create table mail_message (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  channel_id      uuid,
  uidvalidity     bigint,
  uid             bigint,
  sha256          text not null,              -- of the bytes as they came, also after these are erased
  file_sha256     text,                       -- the bytes, while they are kept
  bytes           bigint not null,            -- as long as it was, also when only its beginning is kept
  message_id      text not null default '',   -- empty when it has none
  likeness        bytea,                      -- digest of who wrote what, to know a second copy that took another way
  kind            text not null check (kind <> ''),
  received_at     timestamptz not null default clock_timestamp(),
  state           text not null default 'stored' check (state in ('stored', 'routed', 'ignored', 'quarantined', 'discarded')),
  outcome         text check (outcome in ('opened', 'appended')),
  reason          text,
  case_id         uuid,
  follows_case_id uuid,
  event_id        bigint,                     -- the event beside which sender and subject are kept
  attempts        int not null default 0,
  decided_at      timestamptz,
  version         int not null default 1,
  primary key (organisation_id, id),
  unique (organisation_id, channel_id, uidvalidity, uid),
  unique (organisation_id, message_id, sha256),
  foreign key (organisation_id, channel_id) references mail_channel (organisation_id, id),
  foreign key (organisation_id, file_sha256) references file (organisation_id, sha256),
  foreign key (organisation_id, case_id) references desk_case (organisation_id, id),
  foreign key (organisation_id, follows_case_id) references desk_case (organisation_id, id),
  check ((uid is null) = (uidvalidity is null) and (uid is null or channel_id is not null)),
  check ((state = 'routed') = (outcome is not null)),
  check (outcome is null or case_id is not null),
  check ((state = 'stored') = (decided_at is null)),
  check (state not in ('ignored', 'quarantined') or reason is not null)
);
create index mail_message_list on mail_message (organisation_id, state, received_at desc, id desc);
create index mail_message_waiting on mail_message (organisation_id, received_at) where state = 'stored';
create index mail_message_case on mail_message (organisation_id, case_id, decided_at) where case_id is not null;
create index mail_message_file on mail_message (organisation_id, file_sha256) where file_sha256 is not null;
-- The same words of the same person under one Message-ID make one case, whatever way the copies took.
create unique index mail_message_twin on mail_message (organisation_id, message_id, likeness)
  where state = 'routed' and message_id <> '' and likeness is not null;

alter table mail_channel enable row level security;
create policy tenant on mail_channel using (organisation_id = nullif(current_setting('sitec.organisation', true), '')::uuid);
grant select, insert, update on mail_channel to sitec_app;
alter table mail_message enable row level security;
create policy tenant on mail_message using (organisation_id = nullif(current_setting('sitec.organisation', true), '')::uuid);
grant select, insert, update on mail_message to sitec_app;

-- What the worker asks across administrations: ids only.
create function mail_to_fetch() returns table (organisation_id uuid, channel_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select c.organisation_id, c.id from mail_channel c where c.is_active order by 1, 2
$$;
create function mail_to_route() returns table (organisation_id uuid, mail_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select m.organisation_id, m.id from mail_message m
  where m.state = 'stored' and m.received_at < clock_timestamp() - interval '1 minute'
  order by m.received_at limit 500
$$;
-- What doctor and /status ask: numbers only.
create function mail_standing() returns table (channels int, failing int, silent_hours int, to_look_at int, waiting int)
language sql stable security definer set search_path = public, pg_temp as $$
  select (select count(*)::int from mail_channel where is_active),
         (select count(*)::int from mail_channel where is_active and last_error is not null),
         (select (extract(epoch from clock_timestamp() - max(last_seen_at)) / 3600)::int from mail_channel where is_active),
         (select count(*)::int from (select from mail_message where state = 'quarantined' limit 1000) as found),
         (select count(*)::int from (select from mail_message
            where state = 'stored' and received_at < clock_timestamp() - interval '10 minutes' limit 1000) as found)
$$;
revoke execute on function mail_to_fetch(), mail_to_route(), mail_standing() from public;
grant execute on function mail_to_fetch(), mail_to_route(), mail_standing() to sitec_app;
