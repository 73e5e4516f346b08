import { Router, type RequestHandler, type Response } from 'express'
import { loadFolder } from '#platform/load-folder'
import { pageHeaders } from '#server/pages/headers'
import { LogInFirst } from '#server/pages/person-only'
import { visitOf, type Visit } from '#server/pages/visit'
import { visitors } from '#server/auth/visitors'
import { takeLimit, takeLimitOf } from '#server/middleware/rate-limits'

/** Gives the document to send, or nothing when it has answered itself (a redirect, another type). */
type Handler = (visit: Visit) => Promise<string | undefined>
type Stated = { method: 'get' | 'post' | 'delete'; path: string; handler: Handler }

/** The stated pages of one file. */
export class Pages {
  readonly list: Stated[] = []
}

/** States pages: method, path and a handler of a few lines. The default export of each file in `routes/`. */
export function pages(
  define: (r: Record<Stated['method'], (path: string, handler: Handler) => void>) => void,
): Pages {
  const all = new Pages()
  define({
    get: (path, handler) => void all.list.push({ method: 'get', path, handler }),
    post: (path, handler) => void all.list.push({ method: 'post', path, handler }),
    delete: (path, handler) => void all.list.push({ method: 'delete', path, handler }),
  })
  return all
}

const serve =
  ({ handler }: Stated): RequestHandler =>
  async (req, res) => {
    const visit = await visitOf(req, res)
    const { actor } = visit.ctx
    await (actor.kind === 'person' ? takeLimit('pages', actor.userId) : takeLimitOf('pages', req))
    keep(visit)
    const document = await handler(visit).catch((error: unknown) => logInFirst(res, error))
    if (document !== undefined) res.type('html').send(document)
  }

function logInFirst(res: Response, error: unknown): undefined {
  if (!(error instanceof LogInFirst)) throw error
  res.set('Cache-Control', 'private, no-store').redirect(res.req.method === 'GET' ? 302 : 303, error.location)
}

// Pages for visitors are the same for everybody; a page with a name or a token on it is for one person only (W9).
function keep({ site, res }: Visit): void {
  const isPersonal = site.viewer !== null || site.csrfToken !== null
  res.vary('Accept').vary('Cookie')
  res.set('Cache-Control', isPersonal ? 'private, no-store' : 'public, max-age=30')
}

// Fixed paths come before those with parameters, and among those the longer, more particular ones.
const byRank = (a: Stated, b: Stated): number =>
  a.path.split(':').length - b.path.split(':').length || b.path.length - a.path.length

/** Reads `server/pages/routes/` and gives a router with all pages. */
export async function mountPages(): Promise<Router> {
  const found = await loadFolder(new URL('routes/', import.meta.url), (value) => value instanceof Pages)
  const list = found.flatMap(({ value }) => value.list)
  const router = Router()
  for (const page of list.sort(byRank)) {
    router[page.method](page.path, pageHeaders, ...visitors[page.method], serve(page))
  }
  return router
}
