// The rules of web-client for programs; its eslint checks them (`npm run lint` there).
import { common, programs } from '../web-client/eslint.config.js';

export default [...common, programs(['**/*.js'])];
