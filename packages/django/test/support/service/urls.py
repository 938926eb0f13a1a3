from django.db import transaction
from django.urls import path
from rest_framework.permissions import AllowAny
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework_simplejwt.tokens import RefreshToken
from rest_framework_simplejwt.views import TokenBlacklistView, TokenObtainPairView, TokenRefreshView
from users.models import CustomUser, Profile


def show(user):
    profile = {"display_name": user.profile.display_name, "bio": user.profile.bio}
    return {"id": user.id, "email": user.email, "profile": profile}


class Register(APIView):
    permission_classes = [AllowAny]

    @transaction.atomic
    def post(self, request):
        user = CustomUser(email=request.data["email"])
        user.set_password(request.data["password"])
        user.save()
        Profile.objects.create(user=user)
        refresh = RefreshToken.for_user(user)
        return Response({"access": str(refresh.access_token), "refresh": str(refresh), "user": show(user)}, 201)


class Me(APIView):
    def get(self, request):
        return Response(show(request.user))

    def patch(self, request):
        Profile.objects.filter(user=request.user).update(**request.data["profile"])
        return Response(show(CustomUser.objects.get(pk=request.user.pk)))


class ChangePassword(APIView):
    def post(self, request):
        if not request.user.check_password(request.data["current_password"]):
            return Response({"current_password": ["Wrong."]}, 400)
        request.user.set_password(request.data["new_password"])
        request.user.save(update_fields=["password"])
        return Response({})


urlpatterns = [
    path("api/users/register/", Register.as_view()),
    path("api/users/login/", TokenObtainPairView.as_view()),
    path("api/users/token/refresh/", TokenRefreshView.as_view()),
    path("api/users/token/blacklist/", TokenBlacklistView.as_view()),
    path("api/users/me/", Me.as_view()),
    path("api/users/password/change/", ChangePassword.as_view()),
]
