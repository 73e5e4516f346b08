import { callbackify } from 'node:util'
import { Passport } from 'passport'
import { Strategy } from 'passport-local'
import { type Person, personOf } from '#core/auth/auth.queries'
import { logIn } from '#core/auth/log-in'
import type { Ctx } from '#core/ctx'
import { remote } from '#federation/remote'
import { Forbidden } from '#platform/errors'

/** Knows members by the id in their session, and lets them in by name and password. */
export const passport = new Passport()

const visitor: Ctx = { actor: { kind: 'visitor' }, remote }

passport.use(
  new Strategy(
    { usernameField: 'identifier', passwordField: 'password', passReqToCallback: true },
    (req, identifier, password, done) => {
      callbackify(prove)(identifier, password, req.ip ?? '', done)
    },
  ),
)

async function prove(identifier: string, password: string, ip: string): Promise<Person> {
  const user = await logIn(visitor, { identifier, password, ip })
  const person = await personOf(visitor, user.id)
  if (!person) throw new Forbidden('Your login is currently disabled')
  return person
}

passport.serializeUser((person, done) => done(null, (person as Person).userId))
// Looked up for every page, so that a log-in that was closed is closed at once.
passport.deserializeUser((userId: string, done) => {
  callbackify(async () => (await personOf(visitor, userId)) ?? false)(done)
})
