import { pages } from '#server/pages/pages'
import { paths } from '#server/pages/paths'

const closed = [paths.settings, '/oauth/', '/media_proxy/', paths.resetPassword, paths.confirm]

export default pages((r) => {
  r.get('/robots.txt', async ({ res }) => {
    res
      .type('text/plain')
      .send(['User-agent: *', ...closed.map((path) => `Disallow: ${path}`), ''].join('\n'))
    return undefined
  })

  // Where password managers look for the form (W3C, A Well-Known URL for Changing Passwords).
  r.get('/.well-known/change-password', async ({ res }) => {
    res.redirect(paths.changePassword)
    return undefined
  })
})
