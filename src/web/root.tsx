import bootstrap from 'bootstrap-italia/dist/css/bootstrap-italia.min.css?url'
import {
  isRouteErrorResponse,
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useRouteError,
  useRouteLoaderData,
} from 'react-router'
import { type ShellData, shellData } from './shell-data.ts'
import sitec from './sitec.css?url'
import { shellTexts } from './texts.ts'
import { CitizenPage } from './ui/citizen-page.tsx'
import { openPage } from './visit.ts'

export const links = () => [
  { rel: 'stylesheet', href: bootstrap },
  { rel: 'stylesheet', href: sitec },
  { rel: 'icon', href: 'data:,' },
]

export const loader = openPage((visit): ShellData => shellData(visit))

export function Layout({ children }: { children: React.ReactNode }) {
  const shell = useRouteLoaderData<typeof loader>('root')
  return (
    <html lang={shell?.language ?? 'it'}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <Meta />
        <Links />
      </head>
      <body>
        {children}
        <ScrollRestoration />
        <Scripts />
      </body>
    </html>
  )
}

export default function Root() {
  return <Outlet />
}

/** Refusals and mishaps, in the words of the Problem; never a stack. */
export function ErrorBoundary() {
  const error = useRouteError()
  const shell = useRouteLoaderData<typeof loader>('root')
  const t = shellTexts[shell?.language ?? 'it']
  const status = isRouteErrorResponse(error) ? error.status : 500
  const said =
    isRouteErrorResponse(error) && typeof error.data === 'object' && error.data !== null && 'title' in error.data
      ? String(error.data.title)
      : null
  const title =
    status === 404
      ? t.errors.notFound
      : status === 403
        ? t.errors.forbidden
        : status === 503
          ? t.errors.unavailable
          : t.errors.unexpected
  return (
    <CitizenPage title={title}>
      <h1 className="st-title">{title}</h1>
      <p className="st-lead">{said ?? (status === 404 ? t.errors.notFoundHelp : t.errors.unexpectedHelp)}</p>
      <p>
        <a href="/">{t.errors.home}</a>
      </p>
    </CitizenPage>
  )
}
