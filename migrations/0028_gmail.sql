-- Mailboxes copied into Gmail: its numbers are words, equal messages are one message with several labels, and it has no
-- UIDVALIDITY. What the target answered is in `target_id` then; several items of the source may have the same.
alter table mail_copy_item
  add column target_id text check (target_id <> ''),
  drop constraint mail_copy_item_check,
  add constraint mail_copy_item_present
    check ((state in ('stored', 'verified', 'altered')) = (target_uid is not null or target_id is not null)),
  add constraint mail_copy_item_one_target check (target_uid is null or target_id is null);
create index mail_copy_item_target_id on mail_copy_item (organisation_id, folder_id, target_id) where target_id is not null;

-- The label a folder became. `target_standing` is how the mailbox stood then: {"historyId": "…"}.
alter table mail_copy_folder add column target_label text check (target_label <> '');
