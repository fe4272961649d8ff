import { textField } from '../../fields/builders';

export const oauthToken = textField({
  name: 'Token',
  description: 'An access token or a refresh token',
  secret: true,
});
