-- Every kind of request, clocks that explain themselves, agreements they run on.

-- Two more ways in: a mail that arrived, and the page a mail link opened.
alter table event drop constraint event_door_check;
alter table event add constraint event_door_check check (door in ('portal', 'desk', 'api', 'cli', 'job', 'import', 'mail', 'link'));
alter table desk_case drop constraint desk_case_channel_check;
alter table desk_case add constraint desk_case_channel_check check (channel in ('portal', 'phone', 'mail', 'api', 'cli', 'in_person'));
