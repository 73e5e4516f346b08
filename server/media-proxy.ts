import { Router } from 'express'
import { hopHeader } from '#core/media/fetch-file'
import { lookAtMedium } from '#core/media/look-at-medium'
import { isSigned } from '#core/media/medium-addresses'
import { remote } from '#federation/remote'
import { NotFound } from '#platform/errors'
import { isId } from '#platform/ids'
import { takeLimitOf } from './middleware/rate-limits.ts'

const ctx = { actor: { kind: 'kith' }, remote } as const

/**
 * Leads to the copy of a medium that lies elsewhere, and fetches it at the first look (MEDIA-13, federation rule 110).
 * Addresses that were not made here, and requests of other proxies, are not found (CVE-2024-49363).
 */
export const mediaProxy = Router().get('/media_proxy/:id/:form{/*rest}', async (req, res) => {
  const mediumId = req.params.id
  if (!isId(mediumId) || !isSigned(mediumId, req.query.s) || req.headers[hopHeader]) throw new NotFound()
  const form = req.params.form === 'small' ? 'small' : 'original'
  const url = await lookAtMedium(ctx, { mediumId, form }, () => takeLimitOf('media-proxy', req))
  res.set('Access-Control-Allow-Origin', '*').set('Cross-Origin-Resource-Policy', 'cross-origin')
  res.status(302).set({ 'Cache-Control': 'public, max-age=3600', Location: url }).end()
})
