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
import { ignoreLeftAnswers } from './left-answers.ts'
import { type ShellData, shellData } from './shell-data.ts'
import sitec from './sitec.css?url'
import { shellTexts } from './texts.ts'
import { CitizenPage } from './ui/citizen-page.tsx'
import { openPage } from './visit.ts'

ignoreLeftAnswers()

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
  const t = shellTexts[shell?.language ?? 'it'].errors
  const { title, help } = mishap(isRouteErrorResponse(error) ? error.status : 500, t)
  const said = isRouteErrorResponse(error) ? titleOf(error.data) : null
  return (
    <CitizenPage title={title}>
      <h1 className="st-title">{title}</h1>
      <p className="st-lead">{said ?? help}</p>
      <p>
        <a href="/">{t.home}</a>
      </p>
    </CitizenPage>
  )
}

function mishap(status: number, t: (typeof shellTexts)['it']['errors']): { title: string; help: string } {
  if (status === 404) return { title: t.notFound, help: t.notFoundHelp }
  if (status === 403) return { title: t.forbidden, help: t.notFoundHelp }
  if (status === 413) return { title: t.tooLarge, help: t.tooLargeHelp }
  if (status === 503) return { title: t.unavailable, help: t.unexpectedHelp }
  return { title: t.unexpected, help: t.unexpectedHelp }
}

function titleOf(body: unknown): string | null {
  return typeof body === 'object' && body !== null && 'title' in body ? String(body.title) : null
}
