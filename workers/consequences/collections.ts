import { forgetCollectionsOf } from '#core/collections/forget-collections-of'
import {
  notifyOfCollection,
  notifyOfCollectionChange,
  withdrawOfCollection,
} from '#core/notifications/notify-of-collection'
import { consequences } from '../consequences.ts'

/** What follows from what happens to collections. */
export default consequences({
  'collection.filled': [notifyOfCollection],
  'collection.changed': [notifyOfCollectionChange],
  'collection.left': [withdrawOfCollection],
  'account.deleted': [forgetCollectionsOf],
})
