-- Mail that still reaches the old server after the cut-over: which messages they are, how many, and a closing that waits for
-- one last look.
alter table mail_copy_item add column is_late boolean not null default false;   -- came to the source after the cut-over

alter table wave_mailbox
  add column late_messages bigint not null default 0 check (late_messages >= 0),
  add column late_missing  bigint not null default 0 check (late_missing >= 0),   -- of them not at the target: where another copies
  add column late_at       timestamptz;                                           -- the last look at the old mailbox was begun then

-- Asked to close: it is closed once every mailbox was looked at after this.
alter table migration_wave add column closing_at timestamptz;
