"""The pages of the reports room."""

from django.urls import path

from reports import views

app_name = "reports"
urlpatterns = [
    path("", views.Reports.as_view(), name="index"),
    path("desk/", views.Desk.as_view(), name="desk"),
    path("desk/ask/<slug:kind>/", views.Ask.as_view(), name="desk-ask"),
    path("desk/<uuid:question>/", views.Answer.as_view(), name="desk-answer"),
    path("desk/<uuid:question>/cases/<uuid:application>/", views.Case.as_view(), name="desk-case"),
    path("returns/", views.Returns.as_view(), name="returns"),
    path("returns/<uuid:pk>/", views.ReturnDetail.as_view(), name="return"),
    path("returns/<uuid:pk>/sign/", views.SignReturn.as_view(), name="return-sign"),
    path("returns/<uuid:pk>/discard/", views.DiscardReturn.as_view(), name="return-discard"),
    path("retention/", views.RetentionPage.as_view(), name="retention"),
    path("retention/holds/<uuid:hold>/end/", views.EndHold.as_view(), name="end-hold"),
    path("retention/<uuid:record>/", views.OpenBlocked.as_view(), name="open-blocked"),
    path("<slug:regime>/<int:year>/returns/", views.Progress.as_view(), name="progress"),
    path("<slug:regime>/<int:year>/", views.YearTables.as_view(), name="year"),
    path("<slug:regime>/<int:year>/cases/", views.Cases.as_view(), name="cases"),
    path("<slug:regime>/years/", views.Years.as_view(), name="years"),
    path("<slug:regime>/<int:year>/editions/", views.Editions.as_view(), name="editions"),
    path("<slug:regime>/<int:year>/editions/draft/", views.DraftEdition.as_view(), name="draft"),
    path("<slug:regime>/<int:year>/editions/freeze/", views.FreezeEdition.as_view(), name="freeze"),
    path(
        "<slug:regime>/<int:year>/editions/<int:number>/<slug:edition>/<str:name>",
        views.EditionFile.as_view(),
        name="edition-file",
    ),
    path("<slug:regime>/<int:year>/indicators/", views.Indicators.as_view(), name="indicators"),
    path("<slug:regime>/<int:year>/shares/", views.Shares.as_view(), name="shares"),
    path("<slug:regime>/<int:year>/<slug:name>.csv", views.YearFile.as_view(), {"form": "csv"}, name="csv"),
    path("<slug:regime>/<int:year>/<slug:name>.json", views.YearFile.as_view(), {"form": "json"}, name="json"),
    path("<slug:regime>/<int:year>/<slug:name>.xlsx", views.YearFile.as_view(), {"form": "xlsx"}, name="xlsx"),
    path("<slug:regime>/<int:year>/<slug:name>.pdf", views.YearFile.as_view(), {"form": "pdf"}, name="pdf"),
]
