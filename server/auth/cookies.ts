import { instance } from '#config/instance'

// On a laptop several instances share the cookies of localhost, whatever their port.
const suffix = instance.isSecure ? '' : `_${instance.port}`

/** The name of a cookie of this instance; over https no other host of the domain can set one of that name. */
const nameOf = (name: string): string => (instance.isSecure ? `__Host-${name}` : `${name}${suffix}`)

/** The cookies of the pages (threats I4): the session, and the one that proves where a form came from. */
export const cookies = Object.freeze({
  session: nameOf('kith'),
  form: nameOf('kith_form'),
  options: Object.freeze({ path: '/', httpOnly: true, sameSite: 'lax' as const, secure: instance.isSecure }),
})
