import type { RequestHandler } from 'express'
import { Refused } from './answer-errors.ts'

/** How long a body that is no form with files may be, in bytes. */
export const LONGEST_BODY = 1_048_576

/**
 * Refuses a body that says itself that it is too long, at once: the parsers would first wait until all of it has come
 * (CVE-2026-12590). One that does not say so is cut by them.
 */
export const refuseLarge: RequestHandler = (req, _res, next) => {
  if (Number(req.headers['content-length']) > LONGEST_BODY) throw new Refused(413, 'The request is too large')
  next()
}
