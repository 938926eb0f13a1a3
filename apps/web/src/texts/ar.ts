import { arAccount } from './ar-account.ts'
import { arForms } from './ar-forms.ts'
import { arMailedLinks } from './ar-mailed-links.ts'
import type { en } from './en.ts'

/** The texts of the pages in Arabic. */
export const ar: typeof en = {
  ...arForms,
  ...arAccount,
  ...arMailedLinks,
  login: {
    title: 'تسجيل الدخول',
    lead: 'يسعدنا أن نراك مرة أخرى.',
    forgot: 'هل نسيت كلمة المرور؟',
    isNew: 'هل أنت جديد هنا؟',
    register: 'إنشاء حساب',
    wrong: 'هذا البريد وكلمة المرور لا يتطابقان.',
    plainHttp:
      'فُتحت هذه الصفحة عبر http، حيث لا يحتفظ متصفحك بتسجيل الدخول. افتحها مع \u2068https://\u2069 قبل العنوان.',
  },
  loginForm: { password: 'كلمة المرور', submit: 'تسجيل الدخول', submitting: 'جارٍ تسجيل الدخول…' },
  loginNotices: {
    sessionEnded: 'انتهت جلستك. يرجى تسجيل الدخول مرة أخرى.',
    draftLost:
      'انتهت جلستك. كان نصك أطول من أن نحتفظ به في هذه الأثناء، وقد فُقد. يرجى تسجيل الدخول مرة أخرى.',
    loggedOut: 'تم تسجيل خروجك.',
    loggedOutHere:
      'تم تسجيل خروجك في هذا المتصفح. لم نتمكن من الوصول إلى خدمتنا: قد تعرض هذا الجهاز لبضعة أيام.',
    passwordReset: 'تغيّرت كلمة مرورك.',
    emailVerified: 'تم تأكيد بريدك الإلكتروني.',
    notKept:
      'لم يحتفظ متصفحك بتسجيل الدخول. اسمح بملفات تعريف الارتباط لهذه الصفحة. لا يحتفظ بها \u2068Safari\u2069 والمتصفحات الأخرى المبنية على \u2068WebKit\u2069 إلا إذا بدأ العنوان بـ \u2068https://\u2069.',
    unavailable: 'لا يمكننا الوصول إلى حسابك الآن. يرجى المحاولة مرة أخرى بعد لحظات.',
  },
  register: {
    title: 'إنشاء حساب',
    lead: 'حساب واحد لكل تطبيقات Pockitflyer.',
    hasAccount: 'هل لديك حساب؟',
    login: 'تسجيل الدخول',
    closedTitle: 'التسجيل مغلق',
    closed: 'لا يمكن إنشاء حسابات جديدة هنا في الوقت الحالي. إذا كان لديك حساب، فيمكنك تسجيل الدخول.',
    closedError: 'لا يمكن إنشاء حسابات جديدة هنا في الوقت الحالي.',
  },
  registerForm: {
    password: 'كلمة المرور',
    name: 'الاسم المعروض (اختياري)',
    nameHint: 'ما يراه الآخرون. يمكنك تغييره في أي وقت.',
    submit: 'إنشاء الحساب',
    submitting: 'جارٍ إنشاء حسابك…',
  },
}
