import pg from 'pg'

type Column = { table: string; column: string; type: string; nullable: boolean; generated: 'always' | 'default' | null }

const typeOf: Record<string, string> = {
  uuid: 'string',
  text: 'string',
  timestamptz: 'string',
  date: 'string',
  numeric: 'string',
  daterange: 'string',
  tsvector: 'string',
  int2: 'number',
  int4: 'number',
  int8: 'number',
  bool: 'boolean',
  bytea: 'Buffer',
  _int4: 'number[]',
  _text: 'string[]',
  _int8: 'number[]',
  jsonb: 'unknown',
}

/** The TypeScript of every table in schema public, as Kysely wants it. */
export async function rowTypes(settings: pg.ClientConfig): Promise<string> {
  const client = new pg.Client(settings)
  await client.connect()
  try {
    const found = await client.query<Column>(`
      select c.relname as table, a.attname as column, t.typname as type, not a.attnotnull as nullable,
             case when a.attidentity = 'a' or a.attgenerated = 's' then 'always'
                  when a.atthasdef or not a.attnotnull then 'default' end as generated
      from pg_class c join pg_attribute a on a.attrelid = c.oid join pg_type t on t.oid = a.atttypid
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
      order by c.relname, a.attnum`)
    return render(found.rows)
  } finally {
    await client.end()
  }
}

function render(columns: Column[]): string {
  const tables = Map.groupBy(columns, (column) => column.table)
  const lines = [
    '// Generated from the catalogue by scripts/generate-rows.ts: do not edit; run npm run generate.',
    '',
    "import type { ColumnType, Generated, GeneratedAlways } from 'kysely'",
    '',
    'export type Rows = {',
  ]
  for (const [table, fields] of tables) {
    lines.push(`  ${table}: {`, ...fields.map((field) => `    ${field.column}: ${columnType(field)}`), '  }')
  }
  return `${[...lines, '}', ''].join('\n')}`
}

function columnType(column: Column): string {
  const base = typeOf[column.type]
  if (base === undefined) throw new Error(`No TypeScript type for ${column.type} of ${column.table}.${column.column}`)
  const type = column.nullable && base !== 'unknown' ? `${base} | null` : base
  if (column.type === 'jsonb')
    return column.generated ? 'ColumnType<unknown, string | undefined, string>' : 'ColumnType<unknown, string, string>'
  if (column.generated === 'always') return `GeneratedAlways<${type}>`
  return column.generated === 'default' ? `Generated<${type}>` : type
}
