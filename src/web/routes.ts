import { index, type RouteConfig, route } from '@react-router/dev/routes'

const desk = '../modules/servicedesk/web'
const organisation = '../modules/organisation/web'

export default [
  index(`${desk}/home.tsx`),
  route('chiedi/:kind', `${desk}/ask.tsx`),
  route('le-mie-richieste', `${desk}/own-cases.tsx`),
  route('da-lavorare', `${desk}/queue.tsx`),
  route('da-lavorare.csv', `${desk}/export.ts`),
  route('rapporti', `${desk}/reports.tsx`),
  route('rapporti.csv', `${desk}/reports-csv.ts`),
  route('nuova-richiesta', `${desk}/new-case.tsx`),
  route('richieste/:id', `${desk}/case.tsx`),
  route('richieste/:id/allegati/:attachmentId', `${desk}/attachment.ts`),
  route('amministrazione/accordo', `${desk}/agreement.tsx`),
  route('amministrazione', `${organisation}/home.tsx`),
  route('amministrazione/uffici', `${organisation}/offices.tsx`),
  route('amministrazione/uffici/:id', `${organisation}/office.tsx`),
  route('amministrazione/sedi', `${organisation}/sites.tsx`),
  route('amministrazione/sedi/:id', `${organisation}/site.tsx`),
  route('amministrazione/persone', `${organisation}/people.tsx`),
  route('amministrazione/persone/:id', `${organisation}/person.tsx`),
  route('amministrazione/squadre', `${organisation}/teams.tsx`),
  route('amministrazione/squadre/:id', `${organisation}/team.tsx`),
  route('amministrazione/calendari', `${organisation}/calendars.tsx`),
  route('amministrazione/chiavi', `${organisation}/keys.tsx`),
  route('amministrazione/importa', `${organisation}/import.tsx`),
  route('amministrazione/importa/:what.csv', `${organisation}/import-template.ts`),
  route('accedi', 'pages/sign-in.tsx'),
  route('accedi/codice', 'pages/sign-in-code.tsx'),
  route('esci', 'pages/sign-out.ts'),
  route('lingua', 'pages/language.ts'),
  route('profilo', 'pages/account.tsx'),
  route('integrita', 'pages/integrity.tsx'),
  route('sviluppatori', 'pages/developers.tsx'),
] satisfies RouteConfig
