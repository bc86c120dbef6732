type Row = { role: string; strong: boolean; owner: boolean };

/**
 * Refuses a login that row-level security doesn't bind: a superuser, BYPASSRLS, or a member of the tables' owner or of one of the roles
 * that own the functions past the fence. `ask` runs the query as that login: a starter has no client of Prisma's. Throws with what to
 * change in DATABASE_URL.
 */
export async function assertRuntimeRole(ask: (query: TemplateStringsArray) => Promise<Row[]>): Promise<void> {
  const [row] = await ask`
    select current_user::text as role, r.rolsuper or r.rolbypassrls as strong,
      exists (select 1 from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind = 'r' and pg_has_role(current_user, c.relowner, 'member'))
      or exists (select 1 from pg_roles o where o.rolname in ('baton_search', 'baton_exchange', 'baton_audit') and pg_has_role(current_user, o.oid, 'member')) as owner
    from pg_roles r where r.rolname = current_user`;
  if (!row || row.strong || row.owner) {
    throw new Error(
      `DATABASE_URL signs in as "${row?.role}", which row-level security does not bind. Use a role that owns nothing, is no superuser, has no BYPASSRLS and is a member of baton_runtime alone; DATABASE_ADMIN_URL is for the owner.`,
    );
  }
}
