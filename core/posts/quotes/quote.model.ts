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
import type { QuoteState } from '../quote.policy.ts'

/** What a post quotes, and how that stands with the author of the quoted post. */
export class Quote extends Model<InferAttributes<Quote>, InferCreationAttributes<Quote>> {
  declare postId: Id
  declare quotedId: CreationOptional<Id | null>
  declare quotedUri: CreationOptional<string | null>
  declare state: QuoteState
  declare stampUri: CreationOptional<string | null>
  declare checkedAt: CreationOptional<Date | null>
  declare changedAt: CreationOptional<Date>
}

Quote.init(
  {
    postId: { type: DataTypes.BIGINT, primaryKey: true, allowNull: false },
    quotedId: { type: DataTypes.BIGINT },
    quotedUri: { type: DataTypes.TEXT },
    state: { type: DataTypes.TEXT, allowNull: false },
    stampUri: { type: DataTypes.TEXT },
    checkedAt: { type: DataTypes.DATE },
    changedAt: { type: DataTypes.DATE, allowNull: false, defaultValue: literal('DEFAULT') },
  },
  { sequelize: db, tableName: 'quotes' },
)
