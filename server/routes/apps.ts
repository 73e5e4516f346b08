import { routes } from '../routes.ts'

export default routes('/api/v1/apps', () => {})
