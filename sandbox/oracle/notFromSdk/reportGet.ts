import type { JsonSchema } from '../types';
import type { PublicFacts } from './types';
import { listOf, NAME, objectOf, orNull, ref, TEXT } from './parts';

/** The products that the SDK types itself; what it says of them stays in force. */
const TYPED = ['cra_home_lending', 'cra_income_insights', 'cra_qualify'];

const OTHER: JsonSchema = { type: 'string', not: { enum: TYPED } };

const alsoFormOf =
  (type: string) =>
  (schema: JsonSchema): JsonSchema => ({ ...schema, anyOf: [...(schema.anyOf ?? []), ref(type)] });

/** NOT FROM THE SDK: `POST /cra/report/get` gives every product, where the SDK has three. */
export const REPORT_GET: PublicFacts = {
  endpoints: {},
  definitions: {
    CraReportGetOtherRequestProduct: objectOf({ product: { ...OTHER, ...NAME }, version: NAME }, [
      'product',
      'version',
    ]),
    /** What it has inside is not public. */
    CraReportGetOtherResponseProduct: objectOf(
      {
        product: OTHER,
        version: TEXT,
        metadata: orNull({ type: 'object' }),
        attributes: orNull({ type: 'object' }),
        errors: listOf(ref('PlaidError')),
      },
      ['product', 'version', 'metadata', 'attributes', 'errors'],
    ),
  },
  extensions: [
    {
      type: 'CraReportGetRequestProduct',
      extend: alsoFormOf('CraReportGetOtherRequestProduct'),
    },
    {
      type: 'CraReportGetResponseProduct',
      extend: alsoFormOf('CraReportGetOtherResponseProduct'),
    },
    {
      type: 'PlaidErrorType',
      extend: (schema) => ({ ...schema, enum: [...(schema.enum ?? []), 'CRA_REPORT_ERROR'] }),
    },
  ],
};
