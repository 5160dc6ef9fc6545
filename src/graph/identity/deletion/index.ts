import './requestDeletion.ts';
import './recoverAccount.ts';
