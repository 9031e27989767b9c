-- The register of mailboxes, what is decided of each, and the waves in which they move to another server.

-- The mail administrator, beside the roles there are already.
do $$
declare known text;
begin
  select string_agg(quote_literal(part[1]), ', ') into known
  from pg_constraint c, regexp_matches(pg_get_constraintdef(c.oid), '''([a-z_]+)''', 'g') as part
  where c.conrelid = 'person_role'::regclass and c.conname = 'person_role_role_check';
  execute 'alter table person_role drop constraint person_role_role_check';
  execute format('alter table person_role add constraint person_role_role_check check (role in (%s, ''mail_administrator''))', known);
end $$;

-- Where mailboxes are, or go to, and how they are opened.
create table mail_server (
  organisation_id    uuid not null references organisation,
  id                 uuid not null,
  name               text not null check (name <> ''),
  kind               text not null check (kind in ('imap', 'google', 'microsoft')),
  host               text not null check (host = lower(host) and host <> ''),
  port               int not null check (port between 1 and 65535),
  is_encrypted       boolean not null check (is_encrypted or host in ('127.0.0.1', '::1')),
  sign_in            text not null check (sign_in in ('master', 'token')),  -- a master user; tokens of a service account (OAuth 2)
  sign_in_user       text,                               -- the master user, or who the service account is
  secret             bytea,                              -- password or key, sealed with the installation's key
  daily_bytes        bigint check (daily_bytes > 0),     -- what one account may be sent in a day
  most_message_bytes bigint check (most_message_bytes > 0),
  most_connections   int not null check (most_connections between 1 and 64),
  version            int not null,
  primary key (organisation_id, id),
  unique (organisation_id, name)
);

-- A mailbox. Of a personal one activity is a band, never a date: neither mail nor habits of a person are watched.
create table mailbox (
  organisation_id  uuid not null references organisation,
  id               uuid not null,
  address          text not null check (address = lower(address) and address like '%_@_%'),
  name             text not null default '',
  kind             text not null check (kind in ('office', 'service', 'project', 'application', 'list', 'personal', 'certified')),
  office_id        uuid,
  holder_id        uuid,                                 -- who answers for it
  register_code    text check (register_code <> ''),     -- of the protocol register that reads it
  published_at     text check (published_at <> ''),      -- where its address is published
  server_id        uuid,
  login            text check (login <> ''),             -- as whom it is opened there
  size_bytes       bigint check (size_bytes >= 0),
  message_count    bigint check (message_count >= 0),
  quota_bytes      bigint check (quota_bytes > 0),
  last_received_on date,
  last_read_on     date,
  last_sent_on     date,
  activity         text check (activity in ('recent', 'this_year', 'older', 'never')),
  source           text not null check (source in ('csv', 'imap', 'ldap', 'google', 'hand')),
  seen_at          timestamptz not null,                 -- by the newest census or import that had it
  gone_since       timestamptz,                          -- the first one that no longer had it
  version          int not null,
  primary key (organisation_id, id),
  unique (organisation_id, address),
  unique (organisation_id, id, kind),
  foreign key (organisation_id, office_id) references office (organisation_id, id),
  foreign key (organisation_id, holder_id) references person (organisation_id, id),
  foreign key (organisation_id, server_id) references mail_server (organisation_id, id),
  check (kind <> 'personal' or (last_received_on is null and last_read_on is null and last_sent_on is null)),
  check (kind = 'personal' or activity is null)
);
create index mailbox_office on mailbox (organisation_id, office_id);
create index mailbox_holder on mailbox (organisation_id, holder_id);

-- Other addresses whose mail comes to it; the same alias on two mailboxes is a finding, not an error of who imports.
create table mailbox_alias (
  organisation_id uuid not null references organisation,
  mailbox_id      uuid not null,
  address         text not null check (address = lower(address) and address like '%_@_%'),
  until           date,
  primary key (organisation_id, mailbox_id, address),
  foreign key (organisation_id, mailbox_id) references mailbox (organisation_id, id)
);
create index mailbox_alias_address on mailbox_alias (organisation_id, address);

create table mailbox_forward (
  organisation_id uuid not null references organisation,
  mailbox_id      uuid not null,
  address         text not null check (address = lower(address) and address like '%_@_%'),
  keeps_copy      boolean not null,
  primary key (organisation_id, mailbox_id, address),
  foreign key (organisation_id, mailbox_id) references mailbox (organisation_id, id)
);

create table mailbox_delegate (
  organisation_id uuid not null references organisation,
  mailbox_id      uuid not null,
  address         text not null check (address = lower(address) and address like '%_@_%'),
  primary key (organisation_id, mailbox_id, address),
  foreign key (organisation_id, mailbox_id) references mailbox (organisation_id, id)
);

-- What two mailboxes are compared by: the smallest digests of their messages (MinHash). A personal one has none, ever.
create table mailbox_sketch (
  organisation_id uuid not null references organisation,
  mailbox_id      uuid not null,
  kind            text not null check (kind not in ('personal', 'certified')),
  messages        bigint not null check (messages >= 0),
  sketch          bytea not null,                        -- so many digests of eight bytes, ascending
  made_at         timestamptz not null,
  primary key (organisation_id, mailbox_id),
  foreign key (organisation_id, mailbox_id, kind) references mailbox (organisation_id, id, kind) on update cascade
);

-- An import or a census, and what came of it. Personal boxes only with the papers that allow it.
create table mail_census (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  source          text not null check (source in ('csv', 'imap', 'ldap', 'google')),
  server_id       uuid,
  with_personal   boolean not null,
  assessment      text check (assessment <> ''),         -- reference of the impact assessment (art. 35 GDPR)
  agreement       text check (agreement <> ''),          -- reference of the agreement (art. 4 L. 300/1970)
  state           text not null check (state in ('running', 'done', 'failed')),
  seen            int not null default 0,
  added           int not null default 0,
  changed         int not null default 0,
  gone            int not null default 0,
  trouble         text,                                  -- a code, when it failed or some mailboxes could not be opened
  begun_at        timestamptz not null,
  ended_at        timestamptz check ((state = 'running') = (ended_at is null)),
  primary key (organisation_id, id),
  foreign key (organisation_id, server_id) references mail_server (organisation_id, id),
  check (not with_personal or (assessment is not null and agreement is not null))
);

-- A finding that somebody looked at and put aside, with the reason in its event.
create table mailbox_finding_aside (
  organisation_id uuid not null references organisation,
  mailbox_id      uuid not null,
  finding         text not null check (finding <> ''),
  about           text not null default '',              -- the other mailbox or address, where there is one
  event_id        bigint not null,
  primary key (organisation_id, mailbox_id, finding, about),
  foreign key (organisation_id, mailbox_id) references mailbox (organisation_id, id)
);

-- What is to become of a mailbox: ICT proposes, the office confirms, the head approves. Never changed: superseded.
create table mailbox_decision (
  organisation_id  uuid not null references organisation,
  id               uuid not null,
  mailbox_id       uuid not null,
  mailbox_kind     text not null,
  kind             text not null check (kind in ('keep', 'rename', 'merge', 'group', 'delegate', 'archive', 'delete', 'leaver')),
  new_address      text check (new_address = lower(new_address) and new_address like '%_@_%'),
  alias_until      date,
  into_id          uuid check (into_id <> mailbox_id),
  folder_prefix    text,
  keeps_doubles    boolean,
  held_until       date,
  kept_until       date,                                 -- of an export: how long it is kept
  state            text not null check (state in ('proposed', 'confirmed', 'contested', 'approved', 'refused', 'undone', 'superseded', 'carried_out')),
  supersedes_id    uuid,
  proposed_at      timestamptz not null,
  proposed_by      uuid not null,
  confirmed_at     timestamptz,
  approved_at      timestamptz,
  approved_by      uuid,
  version          int not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, mailbox_id, mailbox_kind) references mailbox (organisation_id, id, kind) on update cascade,
  foreign key (organisation_id, into_id) references mailbox (organisation_id, id),
  foreign key (organisation_id, supersedes_id) references mailbox_decision (organisation_id, id),
  foreign key (organisation_id, proposed_by) references person (organisation_id, id),
  foreign key (organisation_id, approved_by) references person (organisation_id, id),
  check ((kind = 'rename') = (new_address is not null)),
  check ((kind = 'merge') = (into_id is not null and keeps_doubles is not null)),
  check ((kind in ('delete', 'leaver')) = (held_until is not null)),
  check ((kind = 'archive') = (kept_until is not null)),
  -- A personal box is kept, or goes the way of those who leave; a certified one is kept.
  check (mailbox_kind <> 'personal' or kind in ('keep', 'leaver')),
  check (mailbox_kind <> 'certified' or kind = 'keep'),
  check (kind <> 'leaver' or mailbox_kind = 'personal'),
  check (approved_by <> proposed_by)
);
create unique index mailbox_decision_open on mailbox_decision (organisation_id, mailbox_id)
  where state in ('proposed', 'confirmed', 'contested', 'approved');
create index mailbox_decision_mailbox on mailbox_decision (organisation_id, mailbox_id, proposed_at);

-- Mailboxes that move together, on one day, to one server.
create table migration_wave (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  number          int not null check (number > 0),
  name            text not null check (name <> ''),
  is_pilot        boolean not null,
  from_server_id  uuid not null,
  to_server_id    uuid not null,
  carried_out_by  text not null check (carried_out_by in ('sitec', 'third_party')),
  third_party     text check (third_party <> ''),
  state           text not null check (state in ('planned', 'copying', 'paused', 'cut_over', 'closed', 'stopped')),
  most_at_once    int not null check (most_at_once between 1 and 16),
  cut_over_at     timestamptz,                           -- planned, then as it was
  support_until   date,
  version         int not null,
  primary key (organisation_id, id),
  unique (organisation_id, number),
  foreign key (organisation_id, from_server_id) references mail_server (organisation_id, id),
  foreign key (organisation_id, to_server_id) references mail_server (organisation_id, id),
  check (from_server_id <> to_server_id),
  check ((carried_out_by = 'third_party') = (third_party is not null))
);

-- A mailbox in a wave. `waits_for` says what stops it and who can set it going again.
create table wave_mailbox (
  organisation_id uuid not null references organisation,
  wave_id         uuid not null,
  mailbox_id      uuid not null,
  decision_id     uuid not null,
  state           text not null check (state in ('surveyed', 'prepared', 'copying', 'delta', 'cut_over', 'verified', 'closed', 'rolled_back')),
  is_held         boolean not null default false,
  waits_for       text check (waits_for <> ''),          -- a code
  source_login    text not null check (source_login <> ''),
  target_login    text not null check (target_login <> ''),
  copy_id         uuid,
  preflight       jsonb,                                 -- what was looked at, and how it stood
  preflight_at    timestamptz,
  messages        bigint not null default 0 check (messages >= 0),
  bytes           bigint not null default 0 check (bytes >= 0),
  done_messages   bigint not null default 0 check (done_messages >= 0),
  done_bytes      bigint not null default 0 check (done_bytes >= 0),
  set_aside       bigint not null default 0 check (set_aside >= 0),
  speed           numeric(12, 1),                        -- messages a second, while it is copied
  progressed_at   timestamptz,
  proof_sha256    bytea check (octet_length(proof_sha256) = 32),   -- of the signed manifest
  proof_file      text,
  version         int not null,
  primary key (organisation_id, wave_id, mailbox_id),
  foreign key (organisation_id, wave_id) references migration_wave (organisation_id, id),
  foreign key (organisation_id, mailbox_id) references mailbox (organisation_id, id),
  foreign key (organisation_id, decision_id) references mailbox_decision (organisation_id, id),
  foreign key (organisation_id, copy_id) references mail_copy (organisation_id, id)
);
-- A mailbox is on its way in one wave at a time.
create unique index wave_mailbox_under_way on wave_mailbox (organisation_id, mailbox_id) where state not in ('closed', 'rolled_back');

-- The runbook: what is to be looked at or done, days before and after; data, ticked by people.
create table wave_check (
  organisation_id uuid not null references organisation,
  wave_id         uuid not null,
  code            text not null check (code <> ''),
  state           text not null check (state in ('open', 'done', 'not_needed')),
  event_id        bigint,                                -- who, when, with which note
  primary key (organisation_id, wave_id, code),
  foreign key (organisation_id, wave_id) references migration_wave (organisation_id, id),
  check ((state = 'open') = (event_id is null))
);

-- A message that could not be copied as it is, and what its owner decided.
create table mail_copy_choice (
  organisation_id    uuid not null references organisation,
  folder_id          uuid not null,
  source_uidvalidity bigint not null,
  source_uid         bigint not null,
  choice             text not null check (choice in ('leave', 'accept', 'export')),
  event_id           bigint not null,
  primary key (organisation_id, folder_id, source_uidvalidity, source_uid),
  foreign key (organisation_id, folder_id, source_uidvalidity, source_uid)
    references mail_copy_item (organisation_id, folder_id, source_uidvalidity, source_uid)
    on update cascade                                       -- a source that numbers anew takes its choices with it
);

-- Cases of the help desk that a wave brought.
create table wave_case (
  organisation_id uuid not null references organisation,
  wave_id         uuid not null,
  case_id         uuid not null,
  mailbox_id      uuid,
  primary key (organisation_id, wave_id, case_id),
  foreign key (organisation_id, wave_id) references migration_wave (organisation_id, id),
  foreign key (organisation_id, case_id) references desk_case (organisation_id, id),
  foreign key (organisation_id, mailbox_id) references mailbox (organisation_id, id)
);

do $$
declare t text;
begin
  foreach t in array array['mail_server', 'mailbox', 'mailbox_alias', 'mailbox_forward', 'mailbox_delegate', 'mailbox_sketch',
                           'mail_census', 'mailbox_finding_aside', 'mailbox_decision', 'migration_wave', 'wave_mailbox',
                           'wave_check', 'mail_copy_choice', 'wave_case'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy tenant on %I using (organisation_id = nullif(current_setting(''sitec.organisation'', true), '''')::uuid)', t);
    execute format('grant select, insert on %I to sitec_app', t);
  end loop;
end $$;
grant update on mail_server, mailbox, mailbox_sketch, mail_census, mailbox_decision, migration_wave, wave_mailbox, wave_check, mail_copy_choice to sitec_app;
grant delete on mailbox_alias, mailbox_forward, mailbox_delegate, mailbox_sketch, wave_mailbox, wave_case to sitec_app;
