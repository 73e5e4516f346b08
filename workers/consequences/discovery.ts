import { forgetDiscoveryOf } from '#core/discovery/forget-discovery-of'
import { rankAccount } from '#core/discovery/rank-accounts'
import { consequences } from '../consequences.ts'

/** Who wants to be found is found soon. */
export default consequences({ 'account.updated': [rankAccount], 'account.deleted': [forgetDiscoveryOf] })
