-- Public pages know no session, so no tenant is set: whose data they show is the first administration of the installation.
create function public_organisation() returns table (id uuid, name text, ipa_code text, zone text, is_demo boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select o.id, o.name, o.ipa_code, o.zone, o.is_demo from organisation o order by o.created_at, o.id limit 1
$$;
revoke execute on function public_organisation() from public;
grant execute on function public_organisation() to sitec_app;
