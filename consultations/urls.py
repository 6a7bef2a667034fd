from django.urls import include, path

from consultations import views

room = [
    path("consultations/", views.ConsultationList.as_view(), name="list"),
    path("consultations/open/<uuid:application>/", views.OpenConsultations.as_view(), name="open"),
    path("consultations/ask/", views.AskOthers.as_view(), name="ask-others"),
    path("consultations/opened/<uuid:application>/", views.Opened.as_view(), name="opened"),
    path("consultations/<uuid:thread>/", views.ConsultationDetail.as_view(), name="detail"),
    path("consultations/<uuid:thread>/peek/", views.ConsultationPeek.as_view(), name="peek"),
    path("consultations/<uuid:thread>/answer/", views.AnswerThread.as_view(), name="answer"),
    path("consultations/<uuid:thread>/late-answer/", views.AnswerThreadLate.as_view(), name="late-answer"),
    path("consultations/<uuid:thread>/request-information/", views.AskInformation.as_view(), name="ask"),
    path("consultations/<uuid:thread>/give-information/", views.GiveInformation.as_view(), name="give"),
    path("consultations/<uuid:thread>/propose-extension/", views.ProposeExtension.as_view(), name="extend"),
    path("consultations/<uuid:thread>/agree-extension/", views.AgreeExtension.as_view(), name="agree"),
    path("consultations/<uuid:thread>/refuse-extension/", views.RefuseExtension.as_view(), name="refuse"),
    path("consultations/<uuid:thread>/withdraw/", views.WithdrawThread.as_view(), name="withdraw"),
    path("consultations/<uuid:thread>/register-answer/", views.RegisterElsewhere.as_view(), name="register-answer"),
    path("consultations/<uuid:thread>/confirm-answer/", views.ConfirmElsewhere.as_view(), name="confirm-answer"),
    path("consultations/<uuid:thread>/dispute-answer/", views.DisputeElsewhere.as_view(), name="dispute-answer"),
    path("consultations/<uuid:thread>/apply-correction/", views.ApplyCorrection.as_view(), name="apply-correction"),
    path(
        "consultations/<uuid:thread>/decline-correction/", views.DeclineCorrection.as_view(), name="decline-correction"
    ),
    path("settings/calendars/correct/", views.CorrectCalendar.as_view(), name="correct-calendar"),
    path("settings/unavailability/", views.Unavailabilities.as_view(), name="unavailability"),
    path("settings/unavailability/record/", views.RecordUnavailability.as_view(), name="record-unavailability"),
    path("settings/unavailability/<uuid:window>/end/", views.EndUnavailability.as_view(), name="end-unavailability"),
    path("settings/unavailability/<uuid:window>/move/", views.MoveHeld.as_view(), name="move-held"),
    path("consultations/<uuid:thread>/conclude/", views.ConcludeThread.as_view(), name="conclude"),
    path("consultations/<uuid:thread>/remind/", views.RemindThread.as_view(), name="remind"),
    path("consultations/<uuid:thread>/close/", views.CloseUnanswered.as_view(), name="close"),
    path("consultations/<uuid:thread>/note/", views.AddNote.as_view(), name="note"),
    path("consultations/<uuid:thread>/take/", views.TakeThread.as_view(), name="take"),
    path("consultations/<uuid:thread>/receipt/<uuid:event>/", views.Receipt.as_view(), name="receipt"),
    path("inbox/applications/<uuid:application>/", views.ApplicationPeek.as_view(), name="application-peek"),
    path("decide/<uuid:application>/", views.Decide.as_view(), name="decide"),
    path("decide/<uuid:application>/screen/", views.Rescreen.as_view(), name="rescreen"),
    path("decisions/flagged/", views.FlaggedDecisions.as_view(), name="flagged"),
    path("decisions/<uuid:decision>/explain/", views.ExplainGrant.as_view(), name="explain"),
    path("decisions/<uuid:decision>/", views.Decided.as_view(), name="decided"),
    path("grant-notices/", views.GrantNoticeList.as_view(), name="grant-notices"),
    path("grant-notices/<uuid:notice>/", views.GrantNoticeDetail.as_view(), name="grant-notice"),
]
urlpatterns = [
    path("", views.Inbox.as_view(), name="inbox"),
    path("", include((room, "consultations"))),
]
