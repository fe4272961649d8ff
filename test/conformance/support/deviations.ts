import { z } from 'zod/v4';

import { createCheckReport } from '../../../nodes/PlaidCheck/catalog/checkReport/create';

const { request } = createCheckReport;
const { products, partner_insights: partnerInsights, webhook } = request.shape;
const product = products.unwrap().unwrap().element;
const partners = partnerInsights.unwrap().unwrap();
const prism = partners.shape.prism_versions.unwrap().unwrap();
const fico = partners.shape.fico.unwrap().unwrap();
const score = fico.shape.ultrafico_score_requests.element;

/** Deliberately wrong versions of one request: what a comparison with the SDK must find, or find gone from the list. */
export const DEVIATIONS = {
  'a renamed field': {
    request: request.omit({ webhook: true }).extend({ web_hook: webhook }),
    found: ['web_hook: only here', 'webhook: only in the SDK'],
  },
  'a required field made optional': {
    request: request.extend({ webhook: webhook.optional() }),
    found: ['webhook: required only in the SDK'],
  },
  'an optional field made required': {
    request: request.extend({ days_required: z.int() }),
    found: ['days_required: required only here'],
  },
  'null refused where Plaid takes it': {
    request: request.extend({ client_report_id: z.string().optional() }),
    found: ['client_report_id: null only in the SDK'],
  },
  'null accepted where Plaid refuses it': {
    request: request.extend({ user_id: z.string().nullish() }),
    found: ['user_id: null only here'],
  },
  'a value dropped from a drop-down': {
    request: request.extend({ products: z.array(product.exclude(['cra_qualify'])).nullish() }),
    found: ['products[] "cra_qualify": only in the SDK'],
  },
  'a value added to a drop-down': {
    request: request.extend({
      products: z.array(z.enum([...product.options, 'cra_new'])).nullish(),
    }),
    found: ['products[] "cra_new": only here'],
  },
  'a text instead of a number': {
    request: request.extend({ days_requested: z.string() }),
    found: ['days_requested: text here, number in the SDK'],
  },
  'any text instead of a drop-down': {
    request: request.extend({ consumer_report_permissible_purpose: z.string() }),
    found: ['consumer_report_permissible_purpose: text here, choice in the SDK'],
  },
  'anything at all': {
    request: request.extend({ webhook: z.any() }),
    found: ['webhook: anything here, text in the SDK', 'webhook: null only here'],
  },
  'one object instead of a list': {
    request: request.extend({
      partner_insights: partners
        .extend({ fico: fico.extend({ ultrafico_score_requests: score }).nullish() })
        .nullish(),
    }),
    found: ['partner_insights.fico.ultrafico_score_requests: object here, list in the SDK'],
  },
  'a deep field that is missing': {
    request: request.extend({
      partner_insights: partners
        .extend({
          fico: fico
            .extend({
              ultrafico_score_requests: z.array(score.omit({ request_correlation_id: true })),
            })
            .nullish(),
        })
        .nullish(),
    }),
    found: [
      'partner_insights.fico.ultrafico_score_requests[].request_correlation_id: only in the SDK',
    ],
  },
  'the text "null" instead of null': {
    request: request.extend({
      partner_insights: partners
        .extend({
          prism_versions: prism.extend({ firstdetect: z.enum(['3', 'null']).optional() }).nullish(),
        })
        .nullish(),
    }),
    found: [
      'partner_insights.prism_versions.firstdetect "null": only here',
      'partner_insights.prism_versions.firstdetect: null only in the SDK',
    ],
  },
  'an object that takes unknown fields': {
    request: request.extend({
      lend_score: request.shape.lend_score.unwrap().unwrap().loose().nullish(),
    }),
    found: ['lend_score: open object here, object in the SDK'],
  },
  'a listed difference that is gone': {
    request: request.extend({
      partner_insights: partners.omit({ prism_products: true }).nullish(),
    }),
    found: [],
    gone: ['partner_insights.prism_products: only here'],
  },
};
