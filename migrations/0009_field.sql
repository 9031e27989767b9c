-- What a technician closed today, for the page of their day: without it every case they ever held would be read.
create index desk_case_closed_by on desk_case (organisation_id, holder_id, resolved_at) where resolved_at is not null;
