-- The yearly verification of the needs plan as it was published; published again, the earlier one stays.
create table needs_publication (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  year            int not null,
  number          int not null check (number > 0),
  published_at    timestamptz not null,
  event_id        bigint not null,
  content         jsonb not null,                           -- the reconciliation, without offices
  csv             text not null,
  sha256          text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  primary key (organisation_id, id),
  unique (organisation_id, year, number)
);
alter table needs_publication enable row level security;
create policy tenant on needs_publication using (organisation_id = nullif(current_setting('sitec.organisation', true), '')::uuid);
grant select, insert on needs_publication to sitec_app;

-- Anybody proves a published year as they prove a published quarter.
create or replace function publication_proof(for_organisation uuid, wanted bigint)
returns table (preimage text, leaf text, seal bigint, sealed_at timestamptz, previous text, head text, event_ids bigint[], leaves text)
language sql stable security definer set search_path = public, pg_temp as $$
  select jsonb_build_array(
      e.organisation_id, e.id, e.subject_type, e.subject_id, e.kind, e.version, e.witness, e.actor_id, e.party_id, e.door,
      (extract(epoch from e.occurred_at) * 1000000)::bigint, (extract(epoch from e.recorded_at) * 1000000)::bigint,
      e.payload, encode(e.text_digest, 'hex'))::text,
    encode(event_leaf(e), 'hex'), s.number, s.sealed_at, coalesce(encode(p.head, 'hex'), repeat('00', 32)), encode(s.head, 'hex'),
    s.event_ids, encode(s.leaves, 'hex')
  from event e
  left join seal s on s.event_ids @> array[e.id] and s.number >= coalesce(
    (select max(n.number) from seal n where n.sealed_at < e.recorded_at - interval '1 minute'), 0)
  left join seal p on p.number = s.number - 1
  where e.organisation_id = for_organisation and e.id = wanted and e.kind in ('results.published', 'needs_results.published')
$$;
