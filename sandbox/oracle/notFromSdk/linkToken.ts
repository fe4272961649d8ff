import type { PublicFacts } from './types';
import { objectOf, ref } from './parts';
import { REPORT_PARAMETERS } from './reportCreate';

/** NOT FROM THE SDK: `cra_report_parameter` of `POST /link/token/create`. All of it is optional in its type. */
export const LINK: PublicFacts = {
  endpoints: {},
  definitions: {
    LinkTokenCreateRequestCraReportParameter: objectOf({ ...REPORT_PARAMETERS }, []),
  },
  extensions: [
    {
      type: 'LinkTokenCreateRequest',
      extend: (schema) => ({
        ...schema,
        properties: {
          ...schema.properties,
          cra_report_parameter: ref('LinkTokenCreateRequestCraReportParameter'),
        },
      }),
    },
  ],
};
