import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  literal,
  Model,
} from 'sequelize'
import { db } from '#platform/db'
import type { Id } from '#platform/ids'

/** Where a filter counts; apps look at it, the server does not (FILT-06). */
export type FilterContext = 'home' | 'notifications' | 'public' | 'thread' | 'account'

/** What apps do with a post that matches. */
export type FilterAction = 'warn' | 'hide' | 'blur'

/** What a member does not want to come across unasked. */
export class Filter extends Model<InferAttributes<Filter>, InferCreationAttributes<Filter>> {
  declare id: CreationOptional<Id>
  declare accountId: Id
  declare title: string
  declare contexts: FilterContext[]
  declare action: FilterAction
  declare expiresAt: CreationOptional<Date | null>
  declare createdAt: CreationOptional<Date>
}

Filter.init(
  {
    id: { type: DataTypes.BIGINT, primaryKey: true, allowNull: false, defaultValue: literal('kith_id()') },
    accountId: { type: DataTypes.BIGINT, allowNull: false },
    title: { type: DataTypes.TEXT, allowNull: false },
    contexts: { type: DataTypes.ARRAY(DataTypes.TEXT), allowNull: false },
    action: { type: DataTypes.TEXT, allowNull: false },
    expiresAt: { type: DataTypes.DATE },
    createdAt: { type: DataTypes.DATE, allowNull: false, defaultValue: literal('DEFAULT') },
  },
  { sequelize: db, tableName: 'filters' },
)
