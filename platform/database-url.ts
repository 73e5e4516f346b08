/**
 * Reads a PostgreSQL address into Sequelize's options. `?host=/folder` names the folder of a unix socket, as libpq
 * has it; `?sslmode=require` and stricter turn TLS on.
 */
export function databaseOptions(url: string) {
  const { hostname, port, username, password, pathname, searchParams } = new URL(url)
  const sslMode = searchParams.get('sslmode')
  return {
    host: searchParams.get('host') ?? hostname,
    port: Number(searchParams.get('port') ?? (port || 5432)),
    username: decodeURIComponent(username) || 'kith',
    password: decodeURIComponent(password),
    database: decodeURIComponent(pathname.slice(1)) || 'kith',
    dialectOptions: {
      application_name: 'kith',
      // Statements are prepared and their parameters alike: planning them anew each time costs more than running them.
      options: '-c plan_cache_mode=force_generic_plan',
      ...(sslMode && sslMode !== 'disable'
        ? { ssl: { rejectUnauthorized: sslMode.startsWith('verify') } }
        : {}),
    },
  }
}
