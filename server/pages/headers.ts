import type { ServerResponse } from 'node:http'
import type { RequestHandler } from 'express'
import helmet from 'helmet'
import { instance } from '#config/instance'
import { objects } from '#config/objects'

const store = objects.s3 && URL.parse(objects.s3.publicUrl ?? objects.s3.endpoint)?.origin
const media = ["'self'", ...(store ? [store] : [])]
const ownForms = "form-action 'self'"
const twoYears = 63_072_000

const guarded = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: [...media, 'data:'],
      mediaSrc: media,
      connectSrc: ["'self'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
      requireTrustedTypesFor: ["'script'"],
    },
  },
  strictTransportSecurity: instance.isSecure && { maxAge: twoYears, includeSubDomains: true },
  crossOriginOpenerPolicy: false,
  crossOriginResourcePolicy: { policy: 'same-origin' },
  referrerPolicy: { policy: 'same-origin' },
  xFrameOptions: { action: 'deny' },
})

// Apps open these in a window of their own, and must see in it that somebody has consented.
const opened = /^\/(log-in|oauth)(?![\w-])/

/** Headers of every page: nothing from elsewhere runs, frames, opens or guesses (W1, W2). */
export const pageHeaders: RequestHandler = (req, res, next) => {
  if (!opened.test(req.originalUrl)) res.setHeader('Cross-Origin-Opener-Policy', 'same-origin')
  guarded(req, res, next)
}

/**
 * Lets the forms of this page end at `redirectUri`. Browsers hold a form to its policy through every redirect that
 * follows, so a page that may lead to an app (log in, consent) has to name where (OAUTH-12).
 */
export function allowFormsTo(res: ServerResponse, redirectUri: string): void {
  const target = URL.parse(redirectUri)
  const policy = res.getHeader('Content-Security-Policy')
  if (!target || typeof policy !== 'string') return
  const source = /^https?:$/.test(target.protocol) ? target.origin : target.protocol
  // A host may hold semicolons, which would end the rule here.
  if (!/^[\w.+:/[\]-]+$/.test(source)) return
  res.setHeader('Content-Security-Policy', policy.replace(ownForms, `${ownForms} ${source}`))
}

/**
 * Keeps the address of this page, which holds a secret, to itself. Not by `no-referrer`: with that, browsers say of its
 * form that it comes from nowhere (`Origin: null`), and such forms are refused.
 */
export const keepAddress = (res: ServerResponse): unknown => res.setHeader('Referrer-Policy', 'strict-origin')
