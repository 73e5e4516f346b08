import { elsewherePage } from '#server/pages/views/elsewhere'
import type { Visit } from '#server/pages/visit'

/**
 * Leads to the page of an account or of a post: by a redirect when it is one of ours, else by a page that points there,
 * so that nobody is taken to another site unasked (W8). Gives the page, if there is one.
 */
export function leadTo({ res, site }: Visit, target: { acct: string; url: string }): string | undefined {
  if (target.acct.includes('@')) return elsewherePage(site, { handle: `@${target.acct}`, url: target.url })
  res.redirect(target.url)
  return undefined
}
