import { actingPerson } from '#core/actor'
import { User } from '#core/auth/user.model'
import { NotFound } from '#platform/errors'
import { routes } from '../routes.ts'

/** How posts are made and shown when an app has no mind of its own (ACCT-40, TRIP-28, TRIP-55). */
const preferencesJson = (user: User) => ({
  'posting:default:visibility': user.defaultVisibility,
  'posting:default:sensitive': user.defaultSensitive,
  'posting:default:language': user.defaultLanguage,
  'posting:default:quote_policy': user.defaultQuotePolicy,
  'reading:expand:media': 'default',
  'reading:expand:spoilers': false,
  'reading:autoplay:gifs': false,
})

export default routes('/api/v1/preferences', (r) => {
  r.get('/', { scopes: ['read:accounts'], answers: 'Preferences' }, async (ctx) => {
    const user = await User.findByPk(actingPerson(ctx).userId)
    if (!user) throw new NotFound()
    return preferencesJson(user)
  })
})
