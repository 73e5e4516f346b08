import { collectionsJsonById } from '../collection.ts'
import { subject } from '../subject.ts'

export default subject({
  kinds: ['added_to_collection', 'collection_update'],
  key: 'collection',
  load: collectionsJsonById,
})
