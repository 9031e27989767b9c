import { index, type RouteConfig, route } from '@react-router/dev/routes'

const desk = '../modules/servicedesk/web'

export default [
  index(`${desk}/home.tsx`),
  route('chiedi/:kind', `${desk}/ask.tsx`),
  route('le-mie-richieste', `${desk}/own-cases.tsx`),
  route('da-lavorare', `${desk}/queue.tsx`),
  route('da-lavorare.csv', `${desk}/export.ts`),
  route('nuova-richiesta', `${desk}/new-case.tsx`),
  route('richieste/:id', `${desk}/case.tsx`),
  route('richieste/:id/allegati/:attachmentId', `${desk}/attachment.ts`),
  route('accedi', 'pages/sign-in.tsx'),
  route('accedi/codice', 'pages/sign-in-code.tsx'),
  route('esci', 'pages/sign-out.ts'),
  route('lingua', 'pages/language.ts'),
  route('profilo', 'pages/account.tsx'),
  route('integrita', 'pages/integrity.tsx'),
  route('sviluppatori', 'pages/developers.tsx'),
] satisfies RouteConfig
