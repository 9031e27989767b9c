-- What the register of mailboxes is kept and judged by: the administration's own rules, censuses that go on after a stop, overlaps.

-- Of messages nobody opened: how many. Of a personal mailbox nobody asks.
alter table mailbox add column unread_count bigint check (unread_count >= 0 and (kind <> 'personal' or unread_count is null));

-- A server may be opened as somebody (RFC 4616), as Dovecot's `login*master`, with tokens, or with each mailbox's own password.
alter table mail_server drop constraint mail_server_sign_in_check;
alter table mail_server add constraint mail_server_sign_in_check check (sign_in in ('master', 'authzid', 'token', 'own'));
alter table mail_server add constraint mail_server_secret_check check (sign_in <> 'own' or (secret is null and sign_in_user is null));

-- Domains, names and bounds the findings go by: adopted as a whole, never changed; the highest number holds.
create table mailbox_rules (
  organisation_id uuid not null references organisation,
  number          int not null check (number > 0),
  content         jsonb not null,
  adopted_at      timestamptz not null,
  primary key (organisation_id, number)
);

-- How much of the smaller of two mailboxes is in the other, in thousandths; reckoned anew with every census. one_id < other_id.
create table mailbox_overlap (
  organisation_id uuid not null references organisation,
  one_id          uuid not null,
  other_id        uuid not null check (one_id < other_id),
  shared          int not null check (shared between 1 and 1000),
  compared        int not null check (compared > 0),    -- digests both were compared by
  primary key (organisation_id, one_id, other_id),
  foreign key (organisation_id, one_id) references mailbox_sketch (organisation_id, mailbox_id) on delete cascade,
  foreign key (organisation_id, other_id) references mailbox_sketch (organisation_id, mailbox_id) on delete cascade
);
create index mailbox_overlap_other on mailbox_overlap (organisation_id, other_id);

alter table mail_census add column asked int not null default 0;        -- mailboxes it is to look at
alter table mail_census add column failed int not null default 0;       -- that could not be opened
alter table mail_census add column left_out int not null default 0;     -- personal ones, without the papers that allow it
alter table mail_census add column is_complete boolean not null default false;  -- who is not in it is gone
alter table mail_census add column stop_asked_at timestamptz;
alter table mail_census drop constraint mail_census_state_check;
alter table mail_census add constraint mail_census_state_check check (state in ('running', 'done', 'stopped', 'failed'));
create unique index mail_census_running on mail_census (organisation_id, server_id) where state = 'running' and server_id is not null;

-- The mailboxes of a running census, each with what opens it; the secret goes when it was looked at.
create table mail_census_account (
  organisation_id uuid not null references organisation,
  census_id       uuid not null,
  address         text not null check (address = lower(address) and address like '%_@_%'),
  login           text not null check (login <> ''),
  kind            text not null check (kind in ('office', 'service', 'project', 'application', 'list', 'personal')),
  secret          bytea,
  state           text not null check (state in ('waiting', 'done', 'failed', 'left_out')),
  trouble         text check (trouble <> ''),
  primary key (organisation_id, census_id, address),
  foreign key (organisation_id, census_id) references mail_census (organisation_id, id),
  check (state = 'waiting' or secret is null)
);
create index mail_census_account_waiting on mail_census_account (organisation_id, census_id) where state = 'waiting';

do $$
declare t text;
begin
  foreach t in array array['mailbox_rules', 'mailbox_overlap', 'mail_census_account'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy tenant on %I using (organisation_id = nullif(current_setting(''sitec.organisation'', true), '''')::uuid)', t);
    execute format('grant select, insert on %I to sitec_app', t);
  end loop;
end $$;
grant update on mail_census_account to sitec_app;
grant delete on mailbox_overlap, mailbox_finding_aside to sitec_app;
